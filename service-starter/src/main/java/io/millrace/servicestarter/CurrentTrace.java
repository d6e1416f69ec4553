package io.millrace.servicestarter;

import io.millrace.events.TraceParent;
import java.util.Optional;

/** The span of the work that is being done, for what it leads to. */
@FunctionalInterface
public interface CurrentTrace {

    /** Empty where nothing is traced. */
    Optional<TraceParent> get();

    /** The span of the work, if it belongs to the trace that is told of; else what is told. */
    default Optional<TraceParent> within(Optional<TraceParent> told) {
        var current = get();
        return told.filter(trace ->
                        current.filter(span -> span.traceId().equals(trace.traceId())).isEmpty())
                .or(() -> current);
    }
}
