package io.millrace.orchestrator.virtualtime;

import io.millrace.orchestrator.wakeup.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * A clock that stands still until it is moved, and the work that is to be done now or at a time.
 * For one thread.
 */
public final class VirtualTime implements InstantSource, Executor, Alarm {

    private record Later(Instant at, long order, Runnable work) {}

    private final Deque<Runnable> work = new ArrayDeque<>();
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparing(Later::at).thenComparingLong(Later::order));
    private Instant now;
    private long order;

    public VirtualTime(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void execute(Runnable task) {
        work.add(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        later.add(new Later(now.plus(delay), order++, task));
    }

    /** Does the next of what is to be done now; false if there is nothing. */
    public boolean workOff() {
        var next = work.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    /** When something is to be done that waits for its time. */
    public Optional<Instant> nextAlarm() {
        return Optional.ofNullable(later.peek()).map(Later::at);
    }

    /** Moves to a time, and does in order what was to be done until then. */
    public void moveTo(Instant time) {
        for (var next = later.peek(); next != null && !next.at().isAfter(time); ) {
            later.remove();
            forwardTo(next.at());
            next.work().run();
            next = later.peek();
        }
        forwardTo(time);
    }

    /** It never goes back. */
    private void forwardTo(Instant time) {
        now = time.isAfter(now) ? time : now;
    }

    /** Nothing of what was to be done will be: whoever was to do it is gone. */
    public void forget() {
        work.clear();
        later.clear();
    }
}
