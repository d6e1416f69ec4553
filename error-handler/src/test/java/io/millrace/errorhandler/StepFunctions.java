package io.millrace.errorhandler;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers {@code SendTaskSuccess} and {@code SendTaskFailure} as the token that comes asks for, and
 * {@code RedriveExecution} and {@code GetExecutionHistory} as the execution's ARN does. What is
 * started twice exists.
 */
final class StepFunctions implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /** What was taken. */
    final List<JsonNode> answers = new CopyOnWriteArrayList<>();

    /** How calls were signed. */
    final Set<String> authorizations = ConcurrentHashMap.newKeySet();

    /** How often each token came. */
    final Map<String, Integer> calls = new ConcurrentHashMap<>();

    private final HttpServer server;

    StepFunctions() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        var request = JSON.readTree(exchange.getRequestBody().readAllBytes());
        switch (exchange.getRequestHeaders().getFirst("X-Amz-Target")) {
            case "AWSStepFunctions.RedriveExecution" ->
                    redrive(exchange, request.path("executionArn").asString(""));
            case "AWSStepFunctions.GetExecutionHistory" ->
                    send(exchange, 200, history(request.path("executionArn").asString("")));
            case "AWSStepFunctions.StartExecution" -> start(exchange, request);
            default -> task(exchange, request);
        }
    }

    private void redrive(HttpExchange exchange, String execution) throws IOException {
        if (execution.contains("redrivable")) {
            calls.merge(execution, 1, Integer::sum);
            send(exchange, 200, "{\"redriveDate\": 1}");
        } else {
            send(exchange, 400, "{\"__type\":\"ExecutionNotRedrivable\",\"message\":\"no\"}");
        }
    }

    /** An execution whose ARN says so was caught, and ended in a Fail state. */
    private static String history(String execution) {
        return """
        {"events": [
          {"id": 3, "timestamp": 1, "type": "ExecutionFailed"},
          {"id": 2, "timestamp": 1, "type": "%s"},
          {"id": 1, "timestamp": 1, "type": "TaskStateEntered"}]}
        """
                .formatted(execution.contains("caught") ? "FailStateEntered" : "TaskFailed");
    }

    private void start(HttpExchange exchange, JsonNode request) throws IOException {
        if (calls.merge(request.path("name").asString(""), 1, Integer::sum) == 1) {
            answers.add(request);
            send(exchange, 200, "{\"executionArn\": \"new\", \"startDate\": 1}");
        } else {
            send(exchange, 400, "{\"__type\":\"ExecutionAlreadyExists\",\"message\":\"no\"}");
        }
    }

    private void task(HttpExchange exchange, JsonNode request) throws IOException {
        var token = request.path("taskToken").asString("");
        var call = calls.merge(token, 1, Integer::sum);
        var kind = token.substring(0, token.indexOf('/'));
        switch (kind) {
            case "waits" -> {
                answers.add(request);
                send(exchange, 200, "{}");
            }
            case "away" -> {
                if (call > 4) {
                    answers.add(request);
                    send(exchange, 200, "{}");
                } else {
                    send(exchange, 503, "");
                }
            }
            default ->
                    send(exchange, 400, "{\"__type\":\"%s\",\"message\":\"no\"}".formatted(kind));
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
