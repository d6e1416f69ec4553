package io.millrace.errorhandler.deadletters;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets things happen at most so often. */
public final class Pace {

    private Pace() {}

    /**
     * Waits, when run, until it is time for the next.
     *
     * @param rate how many a second; no limit if it is 0
     */
    public static Runnable perSecond(double rate) {
        if (rate < 0) {
            throw new IllegalArgumentException(
                    "rate %s: use 0 for no limit, or more".formatted(rate));
        }
        if (rate == 0) {
            return () -> {};
        }
        var between = Duration.ofNanos((long) (Duration.ofSeconds(1).toNanos() / rate)).toNanos();
        var next = new long[] {System.nanoTime()};
        return () -> {
            for (var left = next[0] - System.nanoTime();
                    left > 0;
                    left = next[0] - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            next[0] = Math.max(next[0], System.nanoTime() - between) + between;
        };
    }
}
