package io.millrace.lambdaadapter;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes spans by OTLP over HTTP. */
final class Collector implements AutoCloseable {

    private final HttpServer server;
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();

    private Collector(HttpServer server) {
        this.server = server;
    }

    static Collector start() {
        var collector = new Collector(server());
        collector.server.createContext("/v1/traces", collector::take);
        collector.server.start();
        return collector;
    }

    /** One that reads what it is sent and never answers. */
    static Collector silent() {
        var collector = new Collector(server());
        collector.server.createContext(
                "/v1/traces", exchange -> exchange.getRequestBody().readAllBytes());
        collector.server.start();
        return collector;
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:%d/v1/traces".formatted(server.getAddress().getPort());
    }

    /** The names of all that have come. */
    List<String> spans() {
        return requests.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .map(span -> span.getName())
                .toList();
    }

    /** The attributes of what made the first. */
    Map<String, String> resource() {
        var attributes = new HashMap<String, String>();
        for (var each : requests.getFirst().getResourceSpans(0).getResource().getAttributesList()) {
            attributes.put(each.getKey(), each.getValue().getStringValue());
        }
        return attributes;
    }

    /** A header of the first request. */
    String header(String name) {
        return headers.getFirst().getFirst(name);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            headers.add(exchange.getRequestHeaders());
            var body = exchange.getRequestBody();
            var zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"));
            requests.add(
                    ExportTraceServiceRequest.parseFrom(zipped ? new GZIPInputStream(body) : body));
            exchange.getResponseHeaders().add("content-type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
