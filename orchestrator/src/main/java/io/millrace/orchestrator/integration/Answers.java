package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.StateError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an AWS service answers, as a Task state sees it. */
final class Answers {

    private Answers() {}

    /** The call's outcome: an answer, or what went wrong instead. */
    static TaskOutcome of(Refusals refusals, TaskCall call, Supplier<ObjectNode> work) {
        try {
            return new TaskOutcome.Done(Datum.of(work.get()));
        } catch (CompletionException e) {
            return failed(refusals, call, e.getCause() == null ? e : e.getCause());
        } catch (AwsServiceException
                | SdkClientException
                | UnsuitableParameters
                | IllegalArgumentException e) {
            return failed(refusals, call, e);
        }
    }

    private static TaskOutcome failed(Refusals refusals, TaskCall call, Throwable failure) {
        return new TaskOutcome.Failed(
                switch (failure) {
                    case AwsServiceException refusal -> refusals.error(refusal);
                    case SdkClientException unreachable ->
                            StateError.of(
                                    refusals.prefix() + ".SdkClientException",
                                    String.valueOf(unreachable.getMessage()));
                    case UnsuitableParameters wrong ->
                            StateError.of(ErrorNames.RUNTIME, place(call) + wrong.getMessage());
                    case IllegalArgumentException wrong ->
                            StateError.of(ErrorNames.RUNTIME, String.valueOf(wrong.getMessage()));
                    default -> throw new IllegalStateException("Not from an AWS client", failure);
                });
    }

    /** Where the parameters stand, as Step Functions begins such a cause. */
    private static String place(TaskCall call) {
        return call.caller()
                .flatMap(caller ->
                        caller.head().frames().stream()
                                .filter(frame -> frame.id().equals(caller.effect().frame()))
                                .findFirst())
                .map(frame ->
                        "An error occurred while executing the state '%s' (entered at the event id #%d). "
                                .formatted(frame.state(), frame.visit().enteredEvent()))
                .orElse("");
    }

    /** Adds how the service answered. */
    static ObjectNode withMetadata(ObjectNode output, AwsResponse response) {
        return withMetadata(
                output,
                response.sdkHttpResponse().statusCode(),
                response.sdkHttpResponse().headers(),
                Optional.ofNullable(response.responseMetadata().requestId()).orElse(""));
    }

    static ObjectNode withMetadata(
            ObjectNode output, int status, Map<String, List<String>> headers, String requestId) {
        var http = output.putObject("SdkHttpMetadata");
        headers(http, headers);
        http.put("HttpStatusCode", status);
        output.putObject("SdkResponseMetadata").put("RequestId", requestId);
        return output;
    }

    private static void headers(ObjectNode http, Map<String, List<String>> received) {
        var all = new LinkedHashMap<>(received);
        var lists = http.putObject("AllHttpHeaders");
        var texts = http.putObject("HttpHeaders");
        all.forEach((name, values) -> {
            var list = JsonNodeFactory.instance.arrayNode();
            new ArrayList<>(values).forEach(list::add);
            lists.set(name, list);
            texts.put(name, values.isEmpty() ? "" : values.getLast());
        });
    }
}
