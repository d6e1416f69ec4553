package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.activity.Activity;
import io.millrace.orchestrator.activity.ActivityStore;
import io.millrace.orchestrator.activity.ActivityTask;
import io.millrace.orchestrator.activity.HandOut;
import io.millrace.orchestrator.activity.InMemoryTaskQueue;
import io.millrace.orchestrator.activity.QueuedTask;
import io.millrace.orchestrator.activity.TaskQueue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The activity {@code work} of a {@link World}, and the queue of its tasks. */
final class Workers implements ActivityStore {

    static final String WORK = "work";

    private final InMemoryTaskQueue tasks = new InMemoryTaskQueue();
    private final Set<String> effects;

    /**
     * @param effects gets the ids of the effects that put tasks into the queue
     */
    Workers(Set<String> effects) {
        this.effects = effects;
    }

    /** A worker asks, once. */
    static Optional<ActivityTask> ask(HandOut handOut) {
        return handOut.free(WORK).stream()
                .flatMap(task -> handOut.give(task, Optional.of("a worker")).stream())
                .findFirst();
    }

    /** When a task that was left half handed out can be handed out again. */
    Optional<Instant> nextFree(Instant now) {
        return tasks.first(WORK, 100).stream()
                .map(QueuedTask::heldUntil)
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /**
     * The queue as a process sees it.
     *
     * @param step may end the process
     * @param answerLost whether what was just done is to be told wrong
     */
    TaskQueue seen(Runnable step, BooleanSupplier answerLost) {
        return new TaskQueue() {
            @Override
            public void add(QueuedTask task) {
                step.run();
                tasks.add(task);
                effects.add(task.position().substring(task.position().indexOf('#') + 1));
                step.run();
            }

            @Override
            public List<QueuedTask> first(String activity, int limit) {
                return tasks.first(activity, limit);
            }

            @Override
            public boolean replace(QueuedTask task) {
                step.run();
                var replaced = tasks.replace(task);
                step.run();
                return replaced;
            }

            @Override
            public Removal remove(QueuedTask task) {
                step.run();
                // From here on the worker has it.
                var removal = tasks.remove(task);
                return answerLost.getAsBoolean() ? Removal.ABSENT : removal;
            }
        };
    }

    @Override
    public Optional<Activity> find(String name) {
        return Optional.of(new Activity(name, Instant.EPOCH)).filter(_ -> name.equals(WORK));
    }

    @Override
    public Optional<Activity> create(Activity activity) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Activity> list(String after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long count() {
        throw new UnsupportedOperationException();
    }
}
