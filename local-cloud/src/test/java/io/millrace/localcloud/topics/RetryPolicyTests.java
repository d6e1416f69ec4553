package io.millrace.localcloud.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localcloud.aws.AwsError;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTests {

    @Test
    void withoutPolicyThereAreThreeRetriesTwentySecondsApart() {
        var policy = RetryPolicy.of(Map.of(), Map.of());
        assertThat(policy.delays()).containsOnly(Duration.ofSeconds(20)).hasSize(3);
        assertThat(policy.contentType()).isEqualTo("text/plain; charset=UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"linear, 5500", "arithmetic, 3250", "exponential, 3162", "geometric, 3162"})
    void thePhasesFollowOneAnother(String growth, long middle) {
        var policy =
                own(
                        """
                        {"numRetries": 7, "numNoDelayRetries": 1, "numMinDelayRetries": 2, "numMaxDelayRetries": 1,
                         "minDelayTarget": 1, "maxDelayTarget": 10, "backoffFunction": "%s"}\
                        """
                                .formatted(growth));
        assertThat(policy.delays())
                .extracting(Duration::toMillis)
                .containsExactly(0L, 1000L, 1000L, 1000L, middle, 10_000L, 10_000L);
    }

    @Test
    void aSubscriptionsPolicyWinsOverItsTopics() {
        var topic =
                Map.of(
                        "DeliveryPolicy",
                        """
                        {"http": {"defaultHealthyRetryPolicy": {"numRetries": 1, "minDelayTarget": 5, "maxDelayTarget": 5},
                                  "defaultRequestPolicy": {"headerContentType": "application/json"}}}\
                        """);
        var inherited = RetryPolicy.of(Map.of(), topic);
        assertThat(inherited.delays()).containsExactly(Duration.ofSeconds(5));
        assertThat(inherited.contentType()).isEqualTo("application/json");
        var own =
                RetryPolicy.of(
                        Map.of("DeliveryPolicy", "{\"healthyRetryPolicy\": {\"numRetries\": 0}}"),
                        topic);
        assertThat(own.delays()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"numRetries\": 101}",
                "{\"numRetries\": \"3\"}",
                "{\"numRetries\": 1, \"numNoDelayRetries\": 1, \"numMaxDelayRetries\": 1}",
                "{\"minDelayTarget\": 30, \"maxDelayTarget\": 20}",
                "{\"backoffFunction\": \"random\"}",
                "{",
            })
    void nonsenseIsRefusedWithTheReason(String policy) {
        assertThatThrownBy(() -> own(policy))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("DeliveryPolicy");
    }

    private static RetryPolicy own(String policy) {
        return RetryPolicy.of(
                Map.of("DeliveryPolicy", "{\"healthyRetryPolicy\": %s}".formatted(policy)),
                Map.of());
    }
}
