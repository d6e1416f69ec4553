package io.millrace.servicestarter;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * A JVM that gives up its spare carriers and then has every carrier wait for a class whose
 * initialisation waits for a virtual thread. Says {@code moved} at its end, which it never reaches
 * if nobody helps.
 */
final class Standstill {

    private static final CountDownLatch INITIALISING = new CountDownLatch(1);
    private static final CountDownLatch WANTED = new CountDownLatch(1);

    private Standstill() {}

    /** Waits at its first use. */
    private static final class Waiting {

        static final int VALUE = value();

        private static int value() {
            INITIALISING.countDown();
            try {
                WANTED.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return 1;
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Carriers.addSpare();
        Carriers.spareOnlyWhereThreadsStandStill();
        var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        var processors = Runtime.getRuntime().availableProcessors();
        if (scheduler.getParallelism() <= processors) {
            throw new IllegalStateException("no carrier is spare at the start");
        }
        var until = Instant.now().plus(Duration.ofMinutes(1));
        while (scheduler.getParallelism() > processors) {
            if (Instant.now().isAfter(until)) {
                throw new IllegalStateException("the spare carriers are never taken away");
            }
            Thread.sleep(100);
        }
        System.out.println("alone");
        var first = Thread.startVirtualThread(Standstill::use);
        INITIALISING.await();
        for (var carrier = 0; carrier < processors; carrier++) {
            Thread.startVirtualThread(Standstill::use);
        }
        Thread.startVirtualThread(WANTED::countDown);
        first.join();
        System.out.println("moved");
    }

    private static void use() {
        if (Waiting.VALUE != 1) {
            throw new IllegalStateException("not initialised");
        }
    }
}
