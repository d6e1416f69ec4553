package io.millrace.lambdaadapter;

import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the spans of an invocation have been sent, or for so long that a collector that does
 * not answer costs little. Whether they arrived, {@link CollectorExporter} says.
 */
final class SpanFlush implements BeforeFreeze {

    /** At the most, for each invocation. */
    static final Duration BOUND = Duration.ofSeconds(2);

    private final SdkTracerProvider provider;

    SpanFlush(SdkTracerProvider provider) {
        this.provider = provider;
    }

    @Override
    public void await(Deadline deadline) {
        var time = deadline.isWithin(BOUND) ? deadline.left() : BOUND;
        var _ = provider.forceFlush().join(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
    }
}
