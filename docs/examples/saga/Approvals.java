import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/**
 * What stands behind the link of an approval: GET shows the question, POST answers it through the
 * Step Functions API. GET changes nothing: mail programs follow links before people do.
 *
 * <p>{@code java Approvals.java [PORT [ENDPOINT]]}
 */
final class Approvals {

    private static final String PAGE =
            """
            <!doctype html><title>Approval</title>
            <form method="post"><button name="answer" value="approve">Approve</button>
            <button name="answer" value="reject">Reject</button></form>
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI endpoint;

    private Approvals(URI endpoint) {
        this.endpoint = endpoint;
    }

    public static void main(String... args) throws IOException {
        var port = args.length > 0 ? Integer.parseInt(args[0]) : 8099;
        var endpoint = URI.create(args.length > 1 ? args[1] : "http://localhost:4566");
        var server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/approval", new Approvals(endpoint)::handle);
        server.start();
        IO.println("http://localhost:%d/approval".formatted(server.getAddress().getPort()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var token = parameter(exchange.getRequestURI().getRawQuery(), "token");
            // A task token is opaque, but it needs no escaping in JSON.
            if (!token.matches("[A-Za-z0-9+/=_-]+")) {
                answer(exchange, 400, "This link has no token.");
            } else if (exchange.getRequestMethod().equals("POST")) {
                var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                decide(exchange, token, parameter(form, "answer"));
            } else {
                answer(exchange, 200, PAGE);
            }
        }
    }

    private void decide(HttpExchange exchange, String token, String answer) throws IOException {
        var response =
                switch (answer) {
                    case "approve" ->
                            call(
                                    "SendTaskSuccess",
                                    "{\"taskToken\": \"%s\", \"output\": \"{\\\"approved\\\": true}\"}"
                                            .formatted(token));
                    case "reject" ->
                            call(
                                    "SendTaskFailure",
                                    "{\"taskToken\": \"%s\", \"error\": \"Approval.Rejected\", \"cause\": \"Somebody has rejected the order\"}"
                                            .formatted(token));
                    default -> "answer is neither approve nor reject";
                };
        // Success is an empty object; TaskTimedOut says that somebody was faster, or time.
        answer(exchange, response.equals("{}") ? 200 : 409, response.equals("{}") ? "Thank you." : response);
    }

    private String call(String operation, String body) throws IOException {
        var request =
                HttpRequest.newBuilder(endpoint)
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AWSStepFunctions." + operation)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String parameter(String parameters, String name) {
        for (var each : (parameters == null ? "" : parameters).split("&")) {
            if (each.startsWith(name + "=")) {
                return URLDecoder.decode(each.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", status == 200 && text.startsWith("<") ? "text/html" : "text/plain");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
