package io.millrace.orchestrator.execution;

import io.millrace.orchestrator.execution.Signal.TaskKey;
import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.StateError;
import java.time.Instant;
import java.util.Optional;

/** Turns what happens to an execution into what its frames are told. */
final class Signals {

    private Signals() {}

    static Verdict apply(Run run, Signal signal) {
        return switch (signal) {
            case Signal.Due _ -> due(run);
            case Signal.Answered(var task, var outcome) -> answered(run, task, outcome);
            case Signal.Taken taken -> Activities.taken(run, taken);
            case Signal.Heartbeat(var task) -> heartbeat(run, task);
            case Signal.Called(var effect, var outcome) -> called(run, effect, outcome);
            case Signal.StillCalling(var effect) -> stillCalling(run, effect);
            case Signal.ChildrenBegun begun -> MapRuns.childrenBegun(run, begun);
            case Signal.ChildEnded ended -> MapRuns.childEnded(run, ended);
            case Signal.Redriven(var request, var attempt) ->
                    Redriving.redriven(run, request, attempt);
            case Signal.MapRunChanged(var mapRun, var width, var tolerance) ->
                    MapRuns.changed(run, mapRun, width, tolerance);
            case Signal.Stopped(var reason) -> stopped(run, reason);
        };
    }

    private static Verdict due(Run run) {
        if (run.deadline().filter(at -> passed(run, at)).isPresent() && !run.status().ended()) {
            timedOut(run);
            return Verdict.TAKEN;
        }
        for (var frame : run.frames()) {
            if (frame.waiting().dueAt().filter(at -> passed(run, at)).isPresent()) {
                run.tell(frame.id(), resume(run, frame.waiting()));
            }
        }
        for (var effect : run.outbox()) {
            if (passed(run, effect.againAt())) {
                run.send(effect.againAt(run.sendAgainAt()));
            }
        }
        return Verdict.TAKEN;
    }

    private static Resume resume(Run run, Waiting waiting) {
        return switch (waiting) {
            case Waiting.Turn _ -> new Resume.Begin();
            case Waiting.Timer _ -> new Resume.Elapsed();
            case Waiting.Retry _ -> new Resume.Again();
            case Waiting.Answer answer ->
                    new Resume.TimedOut(answer.deadline().filter(at -> passed(run, at)).isEmpty());
            case Waiting.Worker _, Waiting.Children _, Waiting.Distributed _ ->
                    throw new IllegalStateException(waiting + " has no time at which it is due");
        };
    }

    private static void timedOut(Run run) {
        var error = Optional.of(ErrorNames.TIMEOUT);
        run.event(
                run.frame(Frame.TOP).lastEvent(),
                EventType.EXECUTION_TIMED_OUT,
                new EventDetails.Failed(error, Optional.empty()));
        run.finish(
                Status.TIMED_OUT,
                Optional.empty(),
                Optional.of(
                        new Failure(
                                new StateError(error, Optional.empty()),
                                Optional.of(run.frame(Frame.TOP).state()),
                                run.frame(Frame.TOP).visit().retryCount() + 1)));
    }

    private static Verdict answered(Run run, TaskKey task, TaskOutcome outcome) {
        if (waiting(run, task).isEmpty()) {
            return Verdict.TASK_GONE;
        }
        var effect = Tasks.effectId(run, task.event());
        if (run.effect(effect).isPresent()) {
            // Who answers has been asked: the call was accepted, whatever became of its answer.
            Tasks.submitted(run, run.frame(task.frame()), Optional.empty());
            run.accepted(effect);
        }
        Jobs.answered(run, run.frame(task.frame()));
        run.tell(task.frame(), new Resume.Result(outcome));
        return Verdict.TAKEN;
    }

    private static Verdict heartbeat(Run run, TaskKey task) {
        var waiting = waiting(run, task);
        waiting.filter(answer -> answer.heartbeat().isPresent())
                .ifPresent(answer ->
                        run.put(run.frame(task.frame()).waitingFor(answer.heard(run.now()))));
        return waiting.isPresent() ? Verdict.TAKEN : Verdict.TASK_GONE;
    }

    private static Optional<Waiting.Answer> waiting(Run run, TaskKey task) {
        return Tasks.waiting(run, task)
                .filter(Waiting.Answer.class::isInstance)
                .map(Waiting.Answer.class::cast);
    }

    private static Verdict called(Run run, String id, TaskOutcome outcome) {
        var effect = run.effect(id);
        run.accepted(id);
        effect.flatMap(Signals::frameOfMapRun)
                .flatMap(run::find)
                .filter(frame -> frame.waiting() instanceof Waiting.Distributed)
                .ifPresent(frame -> run.tell(frame.id(), mapRunOutcome(outcome)));
        if (effect.isPresent() && effect.get() instanceof Effect.StopChildren stop) {
            MapRuns.stopped(run, stop.mapRun());
        }
        if (effect.isPresent() && effect.get() instanceof Effect.Call call) {
            run.find(call.frame())
                    .filter(frame ->
                            frame.waiting() instanceof Waiting.ForTask task
                                    && task.event() == call.event())
                    .ifPresent(frame ->
                            run.tell(
                                    frame.id(),
                                    call.callback()
                                            ? new Resume.Submission(outcome)
                                            : new Resume.Result(outcome)));
        }
        return Verdict.TAKEN;
    }

    private static Optional<String> frameOfMapRun(Effect effect) {
        return switch (effect) {
            case Effect.BeginChildren begin -> Optional.of(begin.frame());
            case Effect.CollectResults collect -> Optional.of(collect.frame());
            default -> Optional.empty();
        };
    }

    private static Resume mapRunOutcome(TaskOutcome outcome) {
        return switch (outcome) {
            case TaskOutcome.Done(var output) -> new Resume.Collected(output);
            case TaskOutcome.Failed(var reason) -> new Resume.RunFailed(reason);
        };
    }

    private static Verdict stillCalling(Run run, String id) {
        run.effect(id).ifPresent(effect -> run.keep(effect.againAt(run.sendAgainAt())));
        return Verdict.TAKEN;
    }

    private static Verdict stopped(Run run, StateError reason) {
        if (!run.status().ended()) {
            run.event(
                    run.frame(Frame.TOP).lastEvent(),
                    EventType.EXECUTION_ABORTED,
                    new EventDetails.Failed(reason.error(), reason.cause()));
            run.finish(
                    Status.ABORTED,
                    Optional.empty(),
                    Optional.of(new Failure(reason, Optional.empty(), 0)));
        }
        return Verdict.TAKEN;
    }

    private static boolean passed(Run run, Instant time) {
        return !time.isAfter(run.now());
    }
}
