package io.millrace.lambdaadapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UniqueIdsTests {

    private final UniqueIds ids = new UniqueIds();

    @Test
    void areValidAndDiffer() {
        assertThat(Stream.generate(ids::generateTraceId).limit(100))
                .allMatch(TraceId::isValid)
                .doesNotHaveDuplicates();
        assertThat(Stream.generate(ids::generateSpanId).limit(100))
                .allMatch(SpanId::isValid)
                .doesNotHaveDuplicates();
    }
}
