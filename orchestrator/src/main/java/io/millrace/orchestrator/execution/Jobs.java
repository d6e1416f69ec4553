package io.millrace.orchestrator.execution;

import io.millrace.orchestrator.execution.Signal.TaskKey;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Executions that tasks begin and wait for: whoever stops waiting for one stops it. */
final class Jobs {

    private Jobs() {}

    /** The execution that a task is about to begin, if it will wait for it. */
    static Optional<ExecutionId> of(Run run, TaskResource resource, Datum parameters, long event) {
        if (!resource.isJob()) {
            return Optional.empty();
        }
        var name =
                text(parameters.node().path("Name"))
                        .orElseGet(() -> JobOf.name(run.before().id(), event));
        return text(parameters.node().path("StateMachineArn"))
                .flatMap(run.engine().arns()::qualified)
                .map(machine -> new ExecutionId(machine.stateMachine(), name));
    }

    private static Optional<String> text(JsonNode value) {
        return value.isString() && !value.stringValue().isEmpty()
                ? Optional.of(value.stringValue())
                : Optional.empty();
    }

    /** A frame that is given up waits for nothing any more. */
    static void abandoned(Run run, Frame frame) {
        if (frame.waiting() instanceof Waiting.Answer answer) {
            answer.job()
                    .ifPresent(job ->
                            run.send(
                                    new Effect.StopJob(
                                            Tasks.effectId(run, answer.event()) + "/stop",
                                            job,
                                            key(run, frame, answer),
                                            run.sendAgainAt())));
        }
    }

    private static TaskKey key(Run run, Frame frame, Waiting.Answer answer) {
        return new TaskKey(
                run.before().id(), frame.id(), answer.event(), answer.nonce().orElse(""));
    }

    /** The task has its result, whatever becomes of the job. */
    static void answered(Run run, Frame frame) {
        if (frame.waiting() instanceof Waiting.Answer answer && answer.job().isPresent()) {
            run.put(frame.waitingFor(answer.withoutJob()));
        }
    }
}
