package io.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracingHeaderTests {

    private static final TraceParent TRACE =
            new TraceParent("00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01");
    private static final String HEADER =
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    @Test
    void saysWhatATraceparentSays() {
        assertThat(TracingHeader.of(TRACE).value()).isEqualTo(HEADER);
        assertThat(TracingHeader.traceparent(HEADER)).contains(TRACE);
    }

    @Test
    void saysWhetherTheTraceIsSampledByOneFlagOfThem() {
        var random = new TraceParent(TRACE.value().replaceFirst("01$", "03"));
        var neither = new TraceParent(TRACE.value().replaceFirst("01$", "02"));
        assertThat(TracingHeader.of(random).value()).endsWith(";Sampled=1");
        assertThat(TracingHeader.of(neither).value()).endsWith(";Sampled=0");
        assertThat(TracingHeader.traceparent(HEADER.replace("Sampled=1", "Sampled=0")))
                .map(TraceParent::sampled)
                .contains(false);
    }

    @Test
    void namesNoSpanThatIsNotToBeSaid() {
        assertThat(new TracingHeader(TRACE.traceId(), Optional.empty(), false).value())
                .isEqualTo("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
    }

    @Test
    void isNoTraceparentWithoutASpanOrWithIdsThatAreNone() {
        assertThat(TracingHeader.traceparent("Root=1")).isEmpty();
        assertThat(TracingHeader.traceparent("Root=1-5759e988-bd862e3fe1be46a994272793")).isEmpty();
        assertThat(
                        TracingHeader.traceparent(
                                HEADER.replaceAll("(?<==)[0-9a-f]{16}", "0".repeat(16))))
                .isEmpty();
    }
}
