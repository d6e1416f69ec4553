package io.millrace.orchestrator.trace;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ids of another generator, save for the spans whose ids are known before they are made. */
final class GivenSpanIds implements IdGenerator {

    private static final ThreadLocal<@Nullable String> GIVEN = new ThreadLocal<>();

    private final IdGenerator others;

    GivenSpanIds(IdGenerator others) {
        this.others = others;
    }

    /** Makes a span of that id. */
    static <T> T with(String id, Supplier<T> work) {
        GIVEN.set(id);
        try {
            return work.get();
        } finally {
            GIVEN.remove();
        }
    }

    @Override
    public String generateSpanId() {
        var given = GIVEN.get();
        return given == null ? others.generateSpanId() : given;
    }

    @Override
    public String generateTraceId() {
        return others.generateTraceId();
    }
}
