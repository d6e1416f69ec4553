package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.TaskOutcome;
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

    /** The call's outcome: an answer, or the service's refusal under the prefix of its errors. */
    static TaskOutcome of(String errorPrefix, Supplier<ObjectNode> call) {
        try {
            return new TaskOutcome.Done(Datum.of(call.get()));
        } catch (CompletionException e) {
            return failed(errorPrefix, e.getCause() == null ? e : e.getCause());
        } catch (AwsServiceException | SdkClientException | IllegalArgumentException e) {
            return failed(errorPrefix, e);
        }
    }

    private static TaskOutcome failed(String prefix, Throwable failure) {
        return new TaskOutcome.Failed(
                switch (failure) {
                    case AwsServiceException refusal ->
                            StateError.of(prefix + "." + name(refusal), cause(refusal));
                    case SdkClientException unreachable ->
                            StateError.of(
                                    prefix + ".SdkClientException",
                                    String.valueOf(unreachable.getMessage()));
                    case IllegalArgumentException wrong ->
                            StateError.of("States.Runtime", String.valueOf(wrong.getMessage()));
                    default -> throw new IllegalStateException("Not from an AWS client", failure);
                });
    }

    /** Modelled errors have classes of their own; the others have only a code. */
    private static String name(AwsServiceException refusal) {
        var type = refusal.getClass().getSimpleName();
        var code = Optional.ofNullable(refusal.awsErrorDetails()).map(d -> d.errorCode());
        var modelled = refusal.getClass().getSuperclass() != AwsServiceException.class;
        var name = modelled ? type : code.orElse(type);
        return name.endsWith("Exception") ? name : name + "Exception";
    }

    private static String cause(AwsServiceException refusal) {
        var details = Optional.ofNullable(refusal.awsErrorDetails());
        return "%s (Service: %s; Status Code: %d; Error Code: %s; Request ID: %s; Proxy: null)"
                .formatted(
                        details.map(d -> d.errorMessage()).orElse(refusal.getMessage()),
                        "AWS" + details.map(d -> d.serviceName()).orElse(""),
                        refusal.statusCode(),
                        details.map(d -> d.errorCode()).orElse(""),
                        Optional.ofNullable(refusal.requestId()).orElse(""));
    }

    /** Adds how the service answered. */
    static ObjectNode withMetadata(ObjectNode output, AwsResponse response) {
        var http = output.putObject("SdkHttpMetadata");
        headers(http, response.sdkHttpResponse().headers());
        http.put("HttpStatusCode", response.sdkHttpResponse().statusCode());
        output.putObject("SdkResponseMetadata")
                .put(
                        "RequestId",
                        Optional.ofNullable(response.responseMetadata().requestId()).orElse(""));
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
