package io.millrace.lambdaadapter;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Takes traces as a collector does: OTLP over HTTP, protobuf. The system tests have it, too. */
public final class OtlpReceiver implements AutoCloseable {

    private static final HexFormat HEX = HexFormat.of();
    private static final String PATH = "/v1/traces";

    private final HttpServer server;
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private final List<Received> spans = new CopyOnWriteArrayList<>();

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    /**
     * A span.
     *
     * @param resource the attributes of what made it
     * @param parent the id of its parent; empty for none
     */
    public record Received(
            Map<String, String> resource, String trace, String id, String parent, Span span) {

        /** The service that made it. */
        public String service() {
            return resource.getOrDefault("service.name", "");
        }

        public String name() {
            return span.getName();
        }

        /** The ids of the spans that it links to. */
        public List<String> links() {
            return span.getLinksList().stream()
                    .map(link -> HEX.formatHex(link.getSpanId().toByteArray()))
                    .toList();
        }
    }

    public static OtlpReceiver start() {
        var receiver = new OtlpReceiver(server());
        receiver.server.createContext(PATH, receiver::take);
        receiver.server.start();
        return receiver;
    }

    /** One that reads what it is sent and never answers. */
    static OtlpReceiver silent() {
        var receiver = new OtlpReceiver(server());
        receiver.server.createContext(PATH, exchange -> exchange.getRequestBody().readAllBytes());
        receiver.server.start();
        return receiver;
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), PATH);
    }

    /** The properties of a service whose traces are to come here, soon after they are made. */
    public Map<String, String> settings() {
        return Map.of(
                "management.opentelemetry.tracing.export.otlp.endpoint",
                endpoint(),
                "management.opentelemetry.tracing.export.schedule-delay",
                "200ms");
    }

    /** All that came so far. */
    public List<Received> spans() {
        return List.copyOf(spans);
    }

    /** A header of the first request. */
    String header(String name) {
        return headers.getFirst().getFirst(name);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange;
                var body = body(exchange)) {
            headers.add(exchange.getRequestHeaders());
            for (var resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
                for (var scope : resource.getScopeSpansList()) {
                    scope.getSpansList()
                            .forEach(span -> spans.add(received(resource.getResource(), span)));
                }
            }
            var answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().add("content-type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        var encoding = exchange.getRequestHeaders().getFirst("content-encoding");
        return "gzip".equals(encoding)
                ? new GZIPInputStream(exchange.getRequestBody())
                : exchange.getRequestBody();
    }

    private static Received received(Resource resource, Span span) {
        return new Received(
                resource.getAttributesList().stream()
                        .collect(
                                Collectors.toMap(
                                        KeyValue::getKey,
                                        attribute -> attribute.getValue().getStringValue())),
                HEX.formatHex(span.getTraceId().toByteArray()),
                HEX.formatHex(span.getSpanId().toByteArray()),
                HEX.formatHex(span.getParentSpanId().toByteArray()),
                span);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
