package io.millrace.orchestrator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Two Lambda functions behind Lambda's Invoke API: {@code echo} and {@code broken}. */
final class Functions {

    private Functions() {}

    static URI start() {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", Functions::invoke);
            server.start();
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void invoke(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("X-Amz-Executed-Version", "$LATEST");
        if (path.contains("echo")) {
            answer(exchange, 200, body);
        } else if (path.contains("broken")) {
            exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
            answer(exchange, 200, bytes("{\"errorType\":\"Broken\",\"errorMessage\":\"it fell\"}"));
        } else {
            exchange.getResponseHeaders().set("X-Amzn-ErrorType", "ResourceNotFoundException");
            answer(exchange, 404, bytes("{\"Message\":\"Function not found\",\"Type\":\"User\"}"));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
