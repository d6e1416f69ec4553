package io.millrace.webhookhandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bucket4j.TimeMeter;
import io.millrace.webhookhandler.WebhookProperties.Scheme;
import io.millrace.webhookhandler.WebhookProperties.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitTests {

    private Duration now = Duration.ZERO;

    @Test
    void aSourceMaySendItsBurstAndThenItsRate() {
        var limit = limit(source(Optional.of(2), Optional.of(3)));
        assertThat(limit.count()).isEmpty();
        assertThat(limit.count()).isEmpty();
        assertThat(limit.count()).isEmpty();
        assertThat(limit.count()).contains(Duration.ofMillis(500));
        now = now.plusMillis(500);
        assertThat(limit.count()).isEmpty();
        assertThat(limit.count()).isPresent();
    }

    @Test
    void withoutARateNothingLimits() {
        var limit = limit(source(Optional.empty(), Optional.empty()));
        for (var i = 0; i < 10_000; i++) {
            assertThat(limit.count()).isEmpty();
        }
    }

    @Test
    void aRateThatLetsNothingThroughIsRefusedAtStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source(Optional.of(0), Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source(Optional.empty(), Optional.of(1)));
    }

    private RateLimit limit(Source source) {
        return RateLimit.of(
                source,
                new TimeMeter() {
                    @Override
                    public long currentTimeNanos() {
                        return now.toNanos();
                    }

                    @Override
                    public boolean isWallClockBased() {
                        return false;
                    }
                });
    }

    private static Source source(Optional<Integer> rate, Optional<Integer> burst) {
        return new Source(Scheme.STANDARD_WEBHOOKS, List.of("whsec_AAAA"), rate, burst);
    }
}
