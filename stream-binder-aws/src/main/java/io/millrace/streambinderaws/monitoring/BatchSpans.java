package io.millrace.streambinderaws.monitoring;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.millrace.streambinderaws.consumer.BatchContext;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.messaging.MessageHeaders;

/**
 * Gives the handling of a batch a span that links to the span of each message's sender, as
 * OpenTelemetry's conventions for messaging want it. Senders are known by their header {@code
 * traceparent} (W3C Trace Context).
 */
public final class BatchSpans implements TracingObservationHandler<BatchContext> {

    private static final String HEADER = "traceparent";

    /** W3C Trace Context, "traceparent Header Field Values", version 00. */
    private static final Pattern VALUE =
            Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private final Tracer tracer;

    public BatchSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void onStart(BatchContext context) {
        var span = tracer.spanBuilder().kind(Span.Kind.CONSUMER);
        var parent = getParentSpan(context);
        if (parent != null) {
            span.setParent(parent.context());
        }
        context.headers()
                .forEach(headers -> sender(headers).map(Link::new).ifPresent(span::addLink));
        getTracingContext(context).setSpan(span.start());
    }

    @Override
    public void onStop(BatchContext context) {
        var span = getRequiredSpan(context);
        span.name(getSpanName(context));
        tagSpan(context, span);
        endSpan(context, span);
    }

    private Optional<TraceContext> sender(MessageHeaders headers) {
        var header = headers.get(HEADER);
        if (header == null) {
            return Optional.empty();
        }
        var value = VALUE.matcher(header.toString());
        return value.matches()
                ? Optional.of(
                        tracer.traceContextBuilder()
                                .traceId(value.group(1))
                                .spanId(value.group(2))
                                .sampled((Integer.parseInt(value.group(3), 16) & 1) == 1)
                                .build())
                : Optional.empty();
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof BatchContext;
    }

    @Override
    public Tracer getTracer() {
        return tracer;
    }
}
