package io.millrace.lambdaadapter;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.security.SecureRandom;

/**
 * Ids that no two environments restored from one snapshot share. OpenTelemetry's own come from a
 * generator whose state is in the snapshot (AWS Lambda Developer Guide, "Handling uniqueness with
 * Lambda SnapStart").
 */
final class UniqueIds implements IdGenerator {

    private final SecureRandom random = new SecureRandom();

    @Override
    public String generateSpanId() {
        return SpanId.fromLong(something());
    }

    @Override
    public String generateTraceId() {
        return TraceId.fromLongs(random.nextLong(), something());
    }

    /** Ids of zeros are invalid. */
    private long something() {
        var value = random.nextLong();
        return value == 0 ? 1 : value;
    }
}
