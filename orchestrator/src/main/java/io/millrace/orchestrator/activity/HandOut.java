package io.millrace.orchestrator.activity;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.EventDetails;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.Signal.TaskKey;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.execution.Waiting;
import io.millrace.orchestrator.journal.HistoryRange;
import io.millrace.orchestrator.journal.Journal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Gives a task to one worker: holds it in its queue, has its execution commit that it has started,
 * and takes it out. A process that dies before the last step leaves a task that the next worker is
 * given after a while; none is given to two.
 */
public final class HandOut {

    /** Longer than the three steps take. */
    static final Duration HELD = Duration.ofSeconds(5);

    private static final int LOOK_AT = 100;

    private final TaskQueue queue;
    private final Journal journal;
    private final Engine engine;
    private final BiFunction<ExecutionId, Signal, Verdict> wake;
    private final InstantSource clock;
    private final Supplier<String> names;

    /**
     * @param wake lets a signal happen to an execution, and returns when it is committed
     * @param names of hand-outs, each another
     */
    public HandOut(
            TaskQueue queue,
            Journal journal,
            Engine engine,
            BiFunction<ExecutionId, Signal, Verdict> wake,
            InstantSource clock,
            Supplier<String> names) {
        this.queue = queue;
        this.journal = journal;
        this.engine = engine;
        this.wake = wake;
        this.clock = clock;
        this.names = names;
    }

    /** The tasks of an activity that a worker may have. */
    public List<QueuedTask> free(String activity) {
        var now = clock.instant();
        return queue.first(activity, LOOK_AT).stream().filter(task -> task.isFree(now)).toList();
    }

    /**
     * Gives a task to a worker; empty if it is another's or does not wait any more.
     *
     * @param worker what it calls itself
     */
    public Optional<ActivityTask> give(QueuedTask task, Optional<String> worker) {
        var handOut = names.get();
        var held = task.heldBy(handOut, clock.instant().plus(HELD));
        if (!queue.replace(held)) {
            return Optional.empty();
        }
        var key =
                engine.task(task.token())
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "A task of %s was queued with a key that is not this one's"
                                                .formatted(task.activity())));
        var verdict =
                wake.apply(
                        key.execution(), new Signal.Taken(key, handOut, task.handOuts(), worker));
        if (verdict != Verdict.TAKEN) {
            queue.remove(held);
            return Optional.empty();
        }
        var given = new ActivityTask(task.token(), input(key));
        // The last step: a process that dies after it had given the task away.
        return switch (queue.remove(held)) {
            case DONE -> Optional.of(given);
            case CHANGED -> Optional.empty();
            case ABSENT -> isOurs(key, handOut) ? Optional.of(given) : Optional.empty();
        };
    }

    /** Who took a task out of its queue had its execution commit that before. */
    private boolean isOurs(TaskKey key, String handOut) {
        return head(key).frames().stream()
                .filter(frame -> frame.id().equals(key.frame()))
                .anyMatch(frame ->
                        frame.waiting() instanceof Waiting.Answer answer
                                && answer.event() == key.event()
                                && answer.handOut().equals(Optional.of(handOut)));
    }

    private Head head(TaskKey key) {
        return journal.read(key.execution()).orElseThrow();
    }

    private Datum input(TaskKey key) {
        var head = head(key);
        var scheduled = HistoryRange.read(journal, head, key.event(), key.event()).getFirst();
        if (!(scheduled.details() instanceof EventDetails.ActivityScheduled(_, var input, _, _))) {
            throw new IllegalStateException(
                    "Event %d of %s schedules no activity".formatted(key.event(), head.id()));
        }
        return input;
    }
}
