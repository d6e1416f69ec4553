package io.millrace.orchestrator.api;

import io.millrace.events.TraceParent;
import io.millrace.events.TracingHeader;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The tracing headers that are answered: they name the trace and no span. */
final class TraceHeaders {

    /** The digits of a trace id that are no time to X-Ray. */
    private static final int ID_DIGITS = 24;

    private TraceHeaders() {}

    /**
     * The header of a trace, a new one if there is none.
     *
     * @param traceparent {@code version-trace-span-flags}
     */
    static String of(Optional<String> traceparent, Instant now) {
        return traceparent
                .flatMap(TraceParent::parse)
                .map(trace -> header(trace.traceId(), trace.sampled()))
                .orElseGet(() -> header(newId(now), false));
    }

    private static String header(String trace, boolean sampled) {
        return new TracingHeader(trace, Optional.empty(), sampled).value();
    }

    private static String newId(Instant now) {
        return "%08x%s"
                .formatted(
                        now.getEpochSecond(),
                        UUID.randomUUID().toString().replace("-", "").substring(0, ID_DIGITS));
    }
}
