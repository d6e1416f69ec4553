package io.millrace.localcloud;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application that topics tell by HTTP. */
final class HttpReceiver implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final HttpServer server;

    record Told(Headers headers, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        String type() {
            return headers.getFirst("x-amz-sns-message-type");
        }
    }

    HttpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    var body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    var answer = answers.poll();
                    exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
                    exchange.close();
                    told.add(new Told(exchange.getRequestHeaders(), body));
                });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:%d/events".formatted(server.getAddress().getPort());
    }

    /** What it answers next, instead of 200. */
    void answerNext(int... statuses) {
        for (var status : statuses) {
            answers.add(status);
        }
    }

    /** What it is told next. */
    Told next() throws InterruptedException {
        var next = told.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within 10 seconds");
        }
        return next;
    }

    boolean wasToldNothingElse() {
        return told.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
