package io.millrace.events;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * X-Ray's tracing header, whose ids are W3C's, written in parts (X-Ray developer guide, "Tracing
 * header").
 *
 * @param traceId the id that all spans of the trace share
 * @param spanId the id of the span that whatever bears this belongs to, if it is to be said
 */
public record TracingHeader(String traceId, Optional<String> spanId, boolean sampled) {

    private static final Pattern FORM =
            Pattern.compile("Root=1-([0-9a-f]{8})-([0-9a-f]{24}).*?;Parent=([0-9a-f]{16}).*");

    /** The digits of a trace id that are a time to X-Ray. */
    private static final int TIME_DIGITS = 8;

    /** The header that says the same as a traceparent. */
    public static TracingHeader of(TraceParent trace) {
        return new TracingHeader(trace.traceId(), Optional.of(trace.spanId()), trace.sampled());
    }

    /** The traceparent that says the same as a header which names a trace and a span. */
    public static Optional<TraceParent> traceparent(String header) {
        var parts = FORM.matcher(header);
        return parts.matches()
                ? TraceParent.parse(
                        "00-%s%s-%s-%s"
                                .formatted(
                                        parts.group(1),
                                        parts.group(2),
                                        parts.group(3),
                                        header.contains("Sampled=0") ? "00" : "01"))
                : Optional.empty();
    }

    /** The header's value. */
    public String value() {
        return "Root=1-%s-%s%s;Sampled=%d"
                .formatted(
                        traceId.substring(0, TIME_DIGITS),
                        traceId.substring(TIME_DIGITS),
                        spanId.map(";Parent="::concat).orElse(""),
                        sampled ? 1 : 0);
    }
}
