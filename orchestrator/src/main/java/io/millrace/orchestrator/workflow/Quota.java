package io.millrace.orchestrator.workflow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How many of a kind there may be. They are counted now and then, not each time that one is
 * created: replicas that create at once may exceed it by what they create in a minute.
 */
public final class Quota {

    /** Step Functions, "Quotas": maximum number of registered state machines, and of activities. */
    public static final long AWS = 100_000;

    private static final Duration STALE = Duration.ofMinutes(1);

    /** Somebody may have made room. */
    private static final Duration STALE_WHEN_FULL = Duration.ofSeconds(1);

    private final long most;
    private final LongSupplier count;
    private final InstantSource clock;
    private long there;
    private Instant countedAt = Instant.MIN;

    /**
     * @param most {@link Long#MAX_VALUE} if there may be any number: then nobody counts
     * @param count how many there are
     */
    public Quota(long most, LongSupplier count, InstantSource clock) {
        this.most = most;
        this.count = count;
        this.clock = clock;
    }

    public static Quota none() {
        return new Quota(Long.MAX_VALUE, () -> 0, () -> Instant.EPOCH);
    }

    public long most() {
        return most;
    }

    /** Whether there may be no more. */
    public synchronized boolean isFull() {
        if (most == Long.MAX_VALUE) {
            return false;
        }
        var now = clock.instant();
        if (countedAt.isBefore(now.minus(there < most ? STALE : STALE_WHEN_FULL))) {
            there = count.getAsLong();
            countedAt = now;
        }
        return there >= most;
    }

    public synchronized void created() {
        there++;
    }
}
