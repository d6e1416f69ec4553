package io.millrace.orchestrator.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MetricsTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void everyWayToEndIsCountedFromZeroSoThatTheFirstFailureIsAnIncrease() {
        var _ = new Metrics(registry, (_, _) -> {}, ExecutionSpans.NONE);
        assertThat(registry.find("millrace.executions.ended").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero())
                .extracting(counter -> counter.getId().getTag("status"))
                .containsExactlyInAnyOrder("SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED");
    }
}
