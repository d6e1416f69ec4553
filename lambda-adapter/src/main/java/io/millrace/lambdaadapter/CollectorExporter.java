package io.millrace.lambdaadapter;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingProperties;
import org.springframework.core.env.Environment;

/**
 * Sends spans to a collector by OTLP over HTTP, with Spring Boot's settings for it, and says once
 * that it cannot: the invocations go on.
 */
final class CollectorExporter implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger(CollectorExporter.class);

    /** OpenTelemetry's own, which would say it for every invocation. Held: JUL keeps it weakly. */
    private static final java.util.logging.Logger EXPORTERS =
            java.util.logging.Logger.getLogger("io.opentelemetry.exporter");

    private final SpanExporter exporter;
    private final String endpoint;
    private final AtomicBoolean said = new AtomicBoolean();

    private CollectorExporter(SpanExporter exporter, String endpoint) {
        this.exporter = exporter;
        this.endpoint = endpoint;
    }

    /** The endpoint has to be set. */
    static CollectorExporter of(Environment environment) {
        EXPORTERS.setLevel(Level.OFF);
        var settings =
                Binder.get(environment)
                        .bind(
                                "management.opentelemetry.tracing.export.otlp",
                                OtlpTracingProperties.class)
                        .get();
        var endpoint = settings.getEndpoint();
        if (endpoint == null) {
            throw new IllegalStateException("there is no endpoint to send spans to");
        }
        var builder =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint)
                        .setTimeout(bounded(settings.getTimeout()))
                        .setConnectTimeout(bounded(settings.getConnectTimeout()))
                        // An invocation that waits for another attempt is paid for.
                        .setRetryPolicy(null)
                        .setCompression(settings.getCompression().name().toLowerCase(Locale.ROOT));
        settings.getHeaders().forEach(builder::addHeader);
        return new CollectorExporter(builder.build(), endpoint);
    }

    /** What takes longer than an invocation waits would be cut off by the freeze. */
    private static Duration bounded(Duration timeout) {
        return timeout.compareTo(SpanFlush.BOUND) < 0 ? timeout : SpanFlush.BOUND;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result = exporter.export(spans);
        return result.whenComplete(() -> {
            if (!result.isSuccess() && said.compareAndSet(false, true)) {
                LOG.warn(
                        "spans do not reach {} and are lost; this is said once",
                        endpoint,
                        result.getFailureThrowable());
            }
        });
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
