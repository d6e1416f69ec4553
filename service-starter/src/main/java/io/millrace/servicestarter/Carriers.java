package io.millrace.servicestarter;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Gives virtual threads more carriers than there are processors. On JDK 25 a virtual thread that
 * waits until another one has initialised a class holds its carrier. When a burst of messages meets
 * a service that has just started, as many may wait as there are carriers, and if what they wait
 * for needs one too, every virtual thread of the JVM stands still for good (JDK-8369238, mended in
 * 26). Carriers are made when they are needed; more than there are messages in flight are enough.
 *
 * <p>They have a price: what they run competes for the processors. Who does little between waits
 * has them {@linkplain #spareOnlyWhereThreadsStandStill only where threads stand still}.
 */
public final class Carriers {

    private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
    private static final int SPARE = 128;
    private static final long STANDSTILL_MILLIS = 200;

    /** Twelve seconds of probes in time: a burst at the start is over. */
    private static final int QUIET = 60;

    private static final AtomicBoolean ADDED = new AtomicBoolean();

    private Carriers() {}

    /** Has an effect only before the JVM's first virtual thread; what a user sets stays. */
    public static void addSpare() {
        if (System.getProperty(PARALLELISM) == null) {
            System.setProperty(PARALLELISM, String.valueOf(processors() + SPARE));
            ADDED.set(true);
        }
    }

    /**
     * Takes the spare carriers away once virtual threads have moved for a while, and gives them
     * back as soon as one does not start within 200 ms. What a user has set stays.
     */
    public static void spareOnlyWhereThreadsStandStill() {
        if (ADDED.compareAndSet(true, false)) {
            Thread.ofPlatform().name("carriers").daemon().start(Carriers::watch);
        }
    }

    private static void watch() {
        var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        IntConsumer spare = number -> scheduler.setParallelism(processors() + number);
        try {
            for (var inTime = 0; ; ) {
                if (!oneStarts()) {
                    spare.accept(SPARE);
                    inTime = 0;
                } else if (++inTime == QUIET) {
                    spare.accept(0);
                }
                Thread.sleep(STANDSTILL_MILLIS);
            }
        } catch (InterruptedException _) {
            spare.accept(SPARE);
        }
    }

    private static boolean oneStarts() throws InterruptedException {
        var started = new CountDownLatch(1);
        Thread.startVirtualThread(started::countDown);
        return started.await(STANDSTILL_MILLIS, MILLISECONDS);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
