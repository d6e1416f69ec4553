package io.millrace.streambinderaws.consumer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Does something again and again, in a virtual thread of its own, until it is stopped. */
final class Heartbeat {

    private final String name;
    private final Duration period;
    private final Runnable beat;
    private @Nullable Thread thread;

    Heartbeat(String name, Duration period, Runnable beat) {
        this.name = name;
        this.period = period;
        this.beat = beat;
    }

    synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name(name).start(this::run);
        }
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(period);
                beat.run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
