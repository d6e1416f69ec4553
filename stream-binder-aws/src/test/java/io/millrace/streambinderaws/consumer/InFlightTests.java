package io.millrace.streambinderaws.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.streambinderaws.consumer.InFlight.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightTests {

    private record Hidden(List<Receipt> receipts, Duration time) {}

    private static final Receipt ONE = new Receipt("url", "1");
    private static final Receipt TWO = new Receipt("url", "2");

    private final List<Hidden> hidden = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final InFlight inFlight =
            new InFlight(
                    () -> Duration.ofSeconds(30),
                    Duration.ofSeconds(60),
                    () -> now,
                    (receipts, time) -> hidden.add(new Hidden(receipts, time)));

    @Test
    void aMessageIsHiddenAgainWhenHalfOfItsTimeIsOver() {
        inFlight.begin(List.of(ONE));
        at(14);
        assertThat(hidden).isEmpty();
        at(15);
        at(16);
        assertThat(hidden).containsExactly(new Hidden(List.of(ONE), Duration.ofSeconds(30)));
    }

    @Test
    void aMessageWhoseHandlerHasReturnedIsLeftAlone() {
        inFlight.begin(List.of(ONE, TWO));
        inFlight.end(List.of(ONE));
        at(20);
        assertThat(hidden).containsExactly(new Hidden(List.of(TWO), Duration.ofSeconds(30)));
    }

    @Test
    void aHandlerThatNeverReturnsLosesItsMessageInTheEnd() {
        inFlight.begin(List.of(ONE));
        for (var second = 0; second < 1000; second++) {
            at(second);
        }
        assertThat(hidden).hasSizeBetween(3, 4);
    }

    @Test
    void whatIsHeldAtTheEndGoesBackAtOnce() {
        inFlight.begin(List.of(ONE, TWO));
        inFlight.end(List.of(TWO));
        inFlight.giveBack();
        assertThat(hidden).containsExactly(new Hidden(List.of(ONE), Duration.ZERO));
        assertThat(inFlight.size()).isZero();
    }

    private void at(long second) {
        now = Instant.EPOCH.plusSeconds(second);
        inFlight.extend();
    }
}
