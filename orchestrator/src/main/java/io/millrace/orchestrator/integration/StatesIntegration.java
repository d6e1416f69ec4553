package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.JobOf;
import io.millrace.orchestrator.execution.Signal.TaskKey;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.execution.Waiting;
import io.millrace.stateslanguage.error.StateError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code states:startExecution}: begins an execution of one of this orchestrator's own state
 * machines, once however often it is asked to for the same task. Its end, if the task waits for it,
 * is told to the task by the execution itself.
 */
final class StatesIntegration implements Integration {

    static final Fields FIELDS =
            Fields.of(Set.of("StateMachineArn"), "Name", "Input", "TraceHeader");

    private final Supplier<OwnApi> api;

    StatesIntegration(Supplier<OwnApi> api) {
        this.api = api;
    }

    @Override
    public boolean handles(TaskResource resource) {
        return resource instanceof TaskResource.Service(var service, var action, _)
                && service.equals("states")
                && action.equals("startExecution");
    }

    @Override
    public TaskOutcome call(TaskCall call) {
        var answered = new OwnApi.Answer[1];
        var outcome =
                Answers.of(
                        new Refusals.Optimised("StepFunctions", "AWSStepFunctions"),
                        call,
                        () -> {
                            answered[0] = start(call);
                            return output(answered[0]);
                        });
        return answered[0] == null || answered[0].status() == 200
                ? outcome
                : new TaskOutcome.Failed(refusal(answered[0]));
    }

    private OwnApi.Answer start(TaskCall call) {
        var parameters = call.parameters();
        FIELDS.check(parameters);
        var request = JsonNodeFactory.instance.objectNode();
        request.put("stateMachineArn", Parameters.required(parameters, "StateMachineArn"));
        request.put("input", Parameters.text(parameters, "Input").orElse("{}"));
        Parameters.text(parameters, "Name").ifPresent(name -> request.put("name", name));
        return api.get()
                .answer(
                        new OwnApi.Call(
                                "AWSStepFunctions.StartExecution",
                                request.toString(),
                                call.trace(),
                                call.caller().map(caller -> job(call, caller))));
    }

    private static JobOf job(TaskCall call, TaskCall.Caller caller) {
        var effect = caller.effect();
        var nonce =
                caller.head().frames().stream()
                        .filter(frame -> frame.id().equals(effect.frame()))
                        .map(frame -> frame.waiting())
                        .filter(Waiting.ForTask.class::isInstance)
                        .flatMap(waiting -> ((Waiting.ForTask) waiting).nonce().stream())
                        .findFirst()
                        .orElse("");
        return new JobOf(
                new TaskKey(caller.head().id(), effect.frame(), effect.event(), nonce),
                ((TaskResource.Service) call.resource()).pattern());
    }

    private static ObjectNode output(OwnApi.Answer answer) {
        var output = JsonNodeFactory.instance.objectNode();
        if (answer.status() != 200) {
            return output;
        }
        var body = JsonMapper.shared().readTree(answer.body());
        output.put("ExecutionArn", body.path("executionArn").asString());
        Answers.withMetadata(
                output,
                answer.status(),
                Map.of(
                        "x-amzn-RequestId", List.of(answer.requestId()),
                        "Content-Type", List.of("application/x-amz-json-1.0")),
                answer.requestId());
        // Seconds in the API, milliseconds in the integration.
        return output.put("StartDate", Math.round(body.path("startDate").asDouble() * 1000));
    }

    private static StateError refusal(OwnApi.Answer answer) {
        var body = JsonMapper.shared().readTree(answer.body());
        var type = body.path("__type").asString();
        return StateError.of(
                "StepFunctions." + (type.endsWith("Exception") ? type : type + "Exception"),
                "%s (Service: AWSStepFunctions; Status Code: %d; Error Code: %s; Request ID: %s; Proxy: null)"
                        .formatted(
                                body.path("message").asString(),
                                answer.status(),
                                type,
                                answer.requestId()));
    }
}
