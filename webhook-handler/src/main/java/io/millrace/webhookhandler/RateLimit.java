package io.millrace.webhookhandler;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.millrace.webhookhandler.WebhookProperties.Source;
import java.time.Duration;
import java.util.Optional;

/** How many webhooks a source may send to this process. */
@FunctionalInterface
interface RateLimit {

    /**
     * Counts a webhook.
     *
     * @return how long its sender has to wait before there is room for one; empty if there is
     */
    Optional<Duration> count();

    static RateLimit of(Source source, TimeMeter time) {
        return source.requestsPerSecond()
                .map(rate -> perSecond(rate, source.burst().orElse(rate), time))
                .orElse(Optional::empty);
    }

    private static RateLimit perSecond(int rate, int burst, TimeMeter time) {
        var bucket =
                Bucket.builder()
                        .withCustomTimePrecision(time)
                        .addLimit(limit ->
                                limit.capacity(burst).refillGreedy(rate, Duration.ofSeconds(1)))
                        .build();
        return () -> {
            var probe = bucket.tryConsumeAndReturnRemaining(1);
            return probe.isConsumed()
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        };
    }
}
