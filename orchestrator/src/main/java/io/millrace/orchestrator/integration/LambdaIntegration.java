package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.stateslanguage.error.StateError;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code lambda:invoke}, and functions that are named by their ARN alone. */
final class LambdaIntegration implements Integration {

    private static final Refusals REFUSALS = new Refusals.Optimised("Lambda", "AWSLambda");

    static final Fields FIELDS =
            Fields.of(
                    Set.of("FunctionName"),
                    "ClientContext",
                    "InvocationType",
                    "LogType",
                    "Payload",
                    "Qualifier");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Supplier<LambdaAsyncClient> lambda;

    LambdaIntegration(Supplier<LambdaAsyncClient> lambda) {
        this.lambda = lambda;
    }

    @Override
    public boolean handles(TaskResource resource) {
        return switch (resource) {
            case TaskResource.Function _ -> true;
            case TaskResource.Activity _ -> false;
            case TaskResource.Service(var service, var action, _) ->
                    service.equals("lambda") && action.equals("invoke") && !resource.isJob();
        };
    }

    @Override
    public TaskOutcome call(TaskCall call) {
        return call.resource() instanceof TaskResource.Function(var arn)
                ? invoke(
                        call,
                        () ->
                                InvokeRequest.builder()
                                        .functionName(arn)
                                        .payload(payload(call.parameters()))
                                        .build(),
                        false)
                : invoke(call, () -> request(call.parameters()), true);
    }

    private static InvokeRequest request(JsonNode parameters) {
        FIELDS.check(parameters);
        var payload = parameters.get("Payload");
        return InvokeRequest.builder()
                .functionName(Parameters.required(parameters, "FunctionName"))
                .qualifier(Parameters.text(parameters, "Qualifier").orElse(null))
                .invocationType(Parameters.text(parameters, "InvocationType").orElse(null))
                .clientContext(Parameters.text(parameters, "ClientContext").orElse(null))
                .logType(Parameters.text(parameters, "LogType").orElse(null))
                .payload(
                        payload == null
                                ? payload(JsonNodeFactory.instance.objectNode())
                                : payload.isString()
                                        ? raw(payload.stringValue())
                                        : payload(payload))
                .build();
    }

    private TaskOutcome invoke(TaskCall call, Supplier<InvokeRequest> request, boolean whole) {
        var answered = new InvokeResponse[1];
        var outcome =
                Answers.of(
                        REFUSALS,
                        call,
                        () -> {
                            answered[0] = lambda.get().invoke(request.get()).join();
                            return whole(answered[0]);
                        });
        var response = answered[0];
        if (response == null) {
            return outcome;
        }
        if (response.functionError() != null) {
            return new TaskOutcome.Failed(functionError(text(response)));
        }
        return whole ? outcome : new TaskOutcome.Done(Datum.of(json(text(response))));
    }

    private static ObjectNode whole(InvokeResponse response) {
        var output = JsonNodeFactory.instance.objectNode();
        if (response.executedVersion() != null) {
            output.put("ExecutedVersion", response.executedVersion());
        }
        if (response.logResult() != null) {
            output.put("LogResult", response.logResult());
        }
        output.set("Payload", json(text(response)));
        Answers.withMetadata(output, response);
        output.put("StatusCode", response.statusCode());
        return output;
    }

    /** The function's own name for its error; its answer is the cause. */
    private static StateError functionError(String payload) {
        var type = json(payload).get("errorType");
        return type != null && type.isString()
                ? StateError.of(type.stringValue(), payload)
                : StateError.of(
                        "Lambda.Unknown",
                        "The cause could not be determined because Lambda did not return an error type. Returned payload: "
                                + payload);
    }

    private static String text(InvokeResponse response) {
        return response.payload() == null ? "" : response.payload().asUtf8String();
    }

    private static JsonNode json(String payload) {
        if (payload.isBlank()) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return JSON.readTree(payload);
        } catch (JacksonException _) {
            // What is no JSON is text.
            return JsonNodeFactory.instance.stringNode(payload);
        }
    }

    /** A text that is JSON is sent as what it says, as Step Functions does. */
    private static SdkBytes raw(String text) {
        var value = json(text);
        return value.isString()
                ? payload(JsonNodeFactory.instance.stringNode(text))
                : payload(value);
    }

    private static SdkBytes payload(JsonNode value) {
        return SdkBytes.fromUtf8String(JSON.writeValueAsString(value));
    }
}
