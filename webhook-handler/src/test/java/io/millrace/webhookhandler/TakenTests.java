package io.millrace.webhookhandler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TakenTests {

    private Duration now = Duration.ZERO;
    private final Taken taken = new Taken(Duration.ofMinutes(5), () -> now.toNanos());

    @Test
    void aWebhookIsKnownByItsIdAndItsBody() {
        taken.took("demo/m", "{}");
        assertThat(taken.withBody("demo/m", "{}")).contains(true);
        assertThat(taken.withBody("demo/m", "[]")).contains(false);
        assertThat(taken.withBody("demo/n", "{}")).isEmpty();
    }

    @Test
    void itIsKnownAsLongAsItsSignatureMayBeSentAgain() {
        taken.took("demo/m", "{}");
        now = Duration.ofMinutes(10).minusSeconds(1);
        assertThat(taken.withBody("demo/m", "{}")).contains(true);
        now = Duration.ofMinutes(10);
        assertThat(taken.withBody("demo/m", "{}")).isEmpty();
    }
}
