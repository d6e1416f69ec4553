package io.millrace.orchestrator.api;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** X-Ray's trace headers. */
final class TraceHeaders {

    /** The digits of a trace id that are a time to X-Ray. */
    private static final int TIME_DIGITS = 8;

    private static final int ID_DIGITS = 24;

    /** X-Ray developer guide, "Tracing header". */
    private static final Pattern HEADER =
            Pattern.compile("Root=1-([0-9a-f]{8})-([0-9a-f]{24}).*?;Parent=([0-9a-f]{16}).*");

    private TraceHeaders() {}

    /** The traceparent of a header that names a trace and a span. */
    static Optional<String> traceparent(String header) {
        var parts = HEADER.matcher(header);
        return parts.matches()
                ? Optional.of(
                        "00-%s%s-%s-%s"
                                .formatted(
                                        parts.group(1),
                                        parts.group(2),
                                        parts.group(3),
                                        header.contains("Sampled=0") ? "00" : "01"))
                : Optional.empty();
    }

    /**
     * The header of a trace, a new one if there is none; X-Ray's ids are W3C's, written in parts.
     *
     * @param traceparent {@code version-trace-span-flags}
     */
    static String of(Optional<String> traceparent, Instant now) {
        return traceparent
                .map(text -> text.split("-", -1))
                .map(parts -> header(parts[1], parts[3].endsWith("1")))
                .orElseGet(() -> header(newId(now), false));
    }

    private static String header(String trace, boolean sampled) {
        return "Root=1-%s-%s;Sampled=%d"
                .formatted(
                        trace.substring(0, TIME_DIGITS),
                        trace.substring(TIME_DIGITS),
                        sampled ? 1 : 0);
    }

    private static String newId(Instant now) {
        return "%08x%s"
                .formatted(
                        now.getEpochSecond(),
                        UUID.randomUUID().toString().replace("-", "").substring(0, ID_DIGITS));
    }
}
