package io.millrace.orchestrator.execution;

import java.util.Optional;

/** Gives the tasks of activities to their workers. */
final class Activities {

    private Activities() {}

    /** A task has one worker: the first, or the next one if what the first was given is lost. */
    static Verdict taken(Run run, Signal.Taken taken) {
        var task = taken.task();
        var waiting = Tasks.waiting(run, task);
        if (waiting.isEmpty()) {
            return Verdict.TASK_GONE;
        }
        var frame = run.frame(task.frame());
        return switch (waiting.get()) {
            case Waiting.Worker worker -> {
                // Who asks for it has found it: it was offered, whatever became of the answer.
                run.accepted(Tasks.effectId(run, task.event()));
                run.event(
                        run.put(frame.waitingFor(worker.taken(taken.handOut(), run.now()))),
                        EventType.ACTIVITY_STARTED,
                        new EventDetails.ActivityStarted(taken.worker()));
                yield Verdict.TAKEN;
            }
            case Waiting.Answer answer when answer.handOut().equals(Optional.of(taken.handOut())) ->
                    Verdict.TAKEN;
            case Waiting.Answer answer
                    when answer.handOut().filter(taken.before()::contains).isPresent() -> {
                run.put(frame.waitingFor(answer.takenInstead(taken.handOut(), run.now())));
                yield Verdict.TAKEN;
            }
            case Waiting.Answer _ -> Verdict.TASK_GONE;
        };
    }

    /** How an activity's history calls what goes wrong with a task. */
    static EventType failure(EventType ofTask) {
        return switch (ofTask) {
            case TASK_SUBMIT_FAILED -> EventType.ACTIVITY_SCHEDULE_FAILED;
            case TASK_TIMED_OUT -> EventType.ACTIVITY_TIMED_OUT;
            default -> EventType.ACTIVITY_FAILED;
        };
    }
}
