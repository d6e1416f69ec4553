package io.millrace.orchestrator.activity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets workers wait for tasks. Of those that wait for the same activity one looks into the queue,
 * when this process has put a task there and every now and then: others may have.
 */
public final class LongPoll implements AutoCloseable {

    /** How many may ask for the same activity at once (Step Functions, "Quotas"). */
    private static final int MOST = 1000;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final HandOut handOut;
    private final InstantSource clock;
    private final Duration patience;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** More workers ask for an activity than may. */
    public static final class TooManyWorkers extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private TooManyWorkers(String activity) {
            super(
                    "%d workers ask for tasks of '%s' already".formatted(MOST, activity),
                    null,
                    false,
                    false);
        }
    }

    /** Where the workers of an activity stand in line. */
    private static final class Counter {
        private final AtomicInteger workers = new AtomicInteger();
        private final Semaphore turn = new Semaphore(1, true);
        private final Semaphore offers = new Semaphore(0);
        private final Deque<QueuedTask> seen = new ArrayDeque<>();
    }

    /**
     * @param patience how long a worker waits for a task
     */
    LongPoll(HandOut handOut, InstantSource clock, Duration patience) {
        this.handOut = handOut;
        this.clock = clock;
        this.patience = patience;
    }

    /** Tells the workers that wait for an activity that it may have a task. */
    void offered(String activity) {
        var counter = counters.get(activity);
        if (counter != null) {
            counter.offers.release();
        }
    }

    /**
     * The next task of an activity for a worker, or none within the time that workers wait.
     *
     * @throws TooManyWorkers if too many ask already
     */
    public Optional<ActivityTask> next(String activity, Optional<String> worker)
            throws InterruptedException {
        var counter = counters.computeIfAbsent(activity, _ -> new Counter());
        try {
            if (counter.workers.incrementAndGet() > MOST) {
                throw new TooManyWorkers(activity);
            }
            return next(counter, activity, worker);
        } finally {
            counter.workers.decrementAndGet();
        }
    }

    private Optional<ActivityTask> next(Counter counter, String activity, Optional<String> worker)
            throws InterruptedException {
        var until = clock.instant().plus(patience);
        while (true) {
            var found = find(counter, activity, until);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var given = handOut.give(found.get(), worker);
            if (given.isPresent()) {
                return given;
            }
        }
    }

    /** Lets those that wait go with nothing, one after the other. */
    @Override
    public void close() {
        closed = true;
        counters.values().forEach(counter -> counter.offers.release());
    }

    /** A task that may be free; only one worker at a time looks for it. */
    private Optional<QueuedTask> find(Counter counter, String activity, Instant until)
            throws InterruptedException {
        if (!counter.turn.tryAcquire(millisTo(until), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        try {
            while (counter.seen.isEmpty() && !closed) {
                counter.offers.drainPermits();
                counter.seen.addAll(handOut.free(activity));
                if (counter.seen.isEmpty() && !awaitOffer(counter, until)) {
                    return Optional.empty();
                }
            }
            return Optional.ofNullable(closed ? null : counter.seen.poll());
        } finally {
            counter.turn.release();
        }
    }

    /** Whether there is time left to look once more. */
    private boolean awaitOffer(Counter counter, Instant until) throws InterruptedException {
        var left = millisTo(until);
        if (left <= 0) {
            return false;
        }
        // A permit that is taken here stands for what the next look will see.
        var _ =
                counter.offers.tryAcquire(
                        Math.min(left, LOOK_EVERY.toMillis()), TimeUnit.MILLISECONDS);
        return true;
    }

    private long millisTo(Instant time) {
        return Duration.between(clock.instant(), time).toMillis();
    }
}
