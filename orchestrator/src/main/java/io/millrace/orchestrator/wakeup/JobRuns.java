package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Failure;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.JobOf;
import io.millrace.orchestrator.execution.Redrivable;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.Signal.TaskKey;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.execution.Waiting;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.StateError;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Executions that tasks have begun and wait for: their ends, and stopping them. */
final class JobRuns {

    private static final StateError NO_REASON = new StateError(Optional.empty(), Optional.empty());

    private final WakeUps wakeUps;
    private final Journal journal;
    private final Engine engine;

    JobRuns(WakeUps wakeUps, Journal journal, Engine engine) {
        this.wakeUps = wakeUps;
        this.journal = journal;
        this.engine = engine;
    }

    /** What the task that has begun an execution is told of its end. */
    Signal ended(Head child, JobOf job) {
        var description = describe(child, job.pattern());
        return new Signal.Answered(
                job.task(),
                child.status() == Status.SUCCEEDED
                        ? new TaskOutcome.Done(Datum.of(description))
                        : new TaskOutcome.Failed(
                                StateError.of(ErrorNames.TASK_FAILED, description.toString())));
    }

    /** An execution as the service integration shows it: times in milliseconds. */
    private ObjectNode describe(Head child, TaskResource.Pattern pattern) {
        var arns = engine.arns();
        var view = JsonNodeFactory.instance.objectNode();
        var reason = child.failure().map(Failure::reason);
        reason.flatMap(StateError::cause).ifPresent(cause -> view.put("Cause", cause));
        reason.flatMap(StateError::error).ifPresent(error -> view.put("Error", error));
        view.put("ExecutionArn", arns.execution(child.id()));
        view.set("Input", data(child.input(), pattern));
        view.putObject("InputDetails").put("Included", true);
        view.put("Name", child.id().givenName());
        child.output()
                .ifPresent(output -> {
                    view.set("Output", data(output, pattern));
                    view.putObject("OutputDetails").put("Included", true);
                });
        view.put("RedriveCount", child.redrives().count());
        child.redrives().at().ifPresent(at -> view.put("RedriveDate", at.toEpochMilli()));
        var ended = child.endedAt().orElse(child.startedAt());
        var redrivable = Redrivable.of(child, ended);
        view.put("RedriveStatus", redrivable.status());
        if (!redrivable.now()) {
            view.put("RedriveStatusReason", redrivable.reason());
        }
        return view.put("StartDate", child.startedAt().toEpochMilli())
                .put("StateMachineArn", arns.stateMachine(child.id().stateMachine()))
                .put("Status", child.status().name())
                .put("StopDate", ended.toEpochMilli());
    }

    private static JsonNode data(Datum datum, TaskResource.Pattern pattern) {
        return pattern == TaskResource.Pattern.RUN_A_JOB_WITH_JSON
                ? datum.node()
                : JsonNodeFactory.instance.stringNode(datum.text());
    }

    /** Stops what an execution has begun, and lets it forget. */
    void stop(Head head, Effect.StopJob effect) {
        var done = new Signal.Called(effect.id(), new TaskOutcome.Done(Datum.ofText("{}")));
        var _ = stop(effect.job(), effect.task()).thenAccept(_ -> wakeUps.tell(head.id(), done));
    }

    private CompletableFuture<Verdict> stop(ExecutionId job, TaskKey task) {
        var runs =
                journal.read(job)
                        .filter(child -> !child.status().ended())
                        .flatMap(Head::jobOf)
                        .filter(known -> known.task().equals(task))
                        .isPresent();
        return runs
                ? wakeUps.deliver(job, new Signal.Stopped(NO_REASON))
                : CompletableFuture.completedFuture(Verdict.TAKEN);
    }

    /** Whoever gave up waiting while a job was begun knows nothing of it. */
    void stopIfAbandoned(Head head, Effect.Call call) {
        waiting(head, call)
                .filter(answer -> answer.job().isPresent())
                .filter(_ -> journal.read(head.id()).flatMap(now -> waiting(now, call)).isEmpty())
                .ifPresent(answer -> {
                    var task =
                            new TaskKey(
                                    head.id(),
                                    call.frame(),
                                    call.event(),
                                    answer.nonce().orElse(""));
                    var _ = stop(answer.job().orElseThrow(), task);
                });
    }

    private static Optional<Waiting.Answer> waiting(Head head, Effect.Call call) {
        return head.frames().stream()
                .filter(frame -> frame.id().equals(call.frame()))
                .map(frame -> frame.waiting())
                .filter(waiting ->
                        waiting instanceof Waiting.Answer answer && answer.event() == call.event())
                .map(Waiting.Answer.class::cast)
                .findFirst();
    }
}
