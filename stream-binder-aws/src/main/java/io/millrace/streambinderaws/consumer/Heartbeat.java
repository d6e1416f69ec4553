package io.millrace.streambinderaws.consumer;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does something again and again, in a virtual thread of its own, until it is stopped. */
final class Heartbeat {

    private final String name;
    private final Supplier<Duration> period;
    private final Runnable beat;
    private @Nullable Thread thread;

    /**
     * @param period is asked at each start
     */
    Heartbeat(String name, Supplier<Duration> period, Runnable beat) {
        this.name = name;
        this.period = period;
        this.beat = beat;
    }

    synchronized void start() {
        if (thread == null) {
            var pause = period.get();
            thread = Thread.ofVirtual().name(name).start(() -> run(pause));
        }
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private void run(Duration pause) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(pause);
                beat.run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
