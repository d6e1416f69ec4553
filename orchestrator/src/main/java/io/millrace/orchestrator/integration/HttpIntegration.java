package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.execution.TaskResource.Pattern;
import io.millrace.stateslanguage.error.StateError;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code http:invoke}: a request to any HTTP API (developer guide, "Call HTTPS APIs in Step
 * Functions workflows").
 */
final class HttpIntegration implements Integration {

    private static final Refusals NONE = new Refusals.OfSdk("States.Http");

    private final Map<String, Connection> connections;
    private final HttpRequests requests;
    private final Supplier<HttpClient> client =
            SingletonSupplier.of(() ->
                    HttpClient.newBuilder()
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(Duration.ofSeconds(10))
                            .build());

    /**
     * @param connections by name
     */
    HttpIntegration(Map<String, Connection> connections, String region) {
        this.connections = Map.copyOf(connections);
        this.requests = new HttpRequests(region);
    }

    @Override
    public boolean handles(TaskResource resource) {
        return resource instanceof TaskResource.Service(var service, var action, Pattern pattern)
                && service.equals("http")
                && action.equals("invoke")
                && pattern == Pattern.REQUEST_RESPONSE;
    }

    @Override
    public TaskOutcome call(TaskCall call) {
        var answered = new TaskOutcome[1];
        var outcome =
                Answers.of(
                        NONE,
                        call,
                        () -> {
                            HttpRequests.check(call.parameters());
                            answered[0] = invoke(call.parameters(), call.trace());
                            return JsonNodeFactory.instance.objectNode();
                        });
        return answered[0] == null ? outcome : answered[0];
    }

    private TaskOutcome invoke(JsonNode parameters, Optional<String> trace) {
        var arn = HttpRequests.connectionArn(parameters).orElseThrow();
        var connection = Connection.name(arn).map(connections::get);
        return connection
                .map(known -> send(requests.request(parameters, known, trace)))
                .orElseGet(() ->
                        failed(
                                "Events.ConnectionResource.ResourceNotFound",
                                "The connection %s is not configured: set millrace.orchestrator.connections.<name>"
                                        .formatted(arn)));
    }

    private TaskOutcome send(HttpRequest request) {
        try {
            return outcome(client.get().send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return failed("States.Http.Socket", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while a request was under way", e);
        }
    }

    private static TaskOutcome outcome(HttpResponse<String> response) {
        var text =
                Optional.ofNullable(HttpStatus.resolve(response.statusCode()))
                        .map(HttpStatus::getReasonPhrase)
                        .orElse("");
        if (response.statusCode() / 100 != 2) {
            return failed(
                    "States.Http.StatusCode." + response.statusCode(),
                    response.body().isEmpty() ? text : response.body());
        }
        return new TaskOutcome.Done(Datum.of(output(response, text)));
    }

    private static ObjectNode output(HttpResponse<String> response, String text) {
        var output = JsonNodeFactory.instance.objectNode();
        output.set("ResponseBody", json(response.body()));
        var headers = output.putObject("Headers");
        response.headers()
                .map()
                .forEach((name, values) -> {
                    var list = headers.putArray(name);
                    values.forEach(list::add);
                });
        return output.put("StatusCode", response.statusCode()).put("StatusText", text);
    }

    private static JsonNode json(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException _) {
            // What is no JSON is text.
            return JsonNodeFactory.instance.stringNode(body);
        }
    }

    private static TaskOutcome failed(String error, String cause) {
        return new TaskOutcome.Failed(StateError.of(error, cause));
    }
}
