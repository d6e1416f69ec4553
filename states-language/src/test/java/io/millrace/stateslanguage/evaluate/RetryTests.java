package io.millrace.stateslanguage.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.parse.DefinitionParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryTests {

    private final StateEvaluator evaluator = new StateEvaluator(Surroundings.environment());

    private static State task(String retriers) {
        return new DefinitionParser()
                .parse(
                        """
                        {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Retry": %s, "End": true}}}
                        """
                                .formatted(retriers))
                .orThrow()
                .graph()
                .start();
    }

    private List<Duration> delays(State task, String... errors) {
        var delays = new ArrayList<Duration>();
        List<Integer> attempts = List.of();
        for (var error : errors) {
            switch (evaluator.retry(task, StateError.of(error, ""), attempts)) {
                case Retry.Again(var delay, var counted) -> {
                    delays.add(delay);
                    attempts = counted;
                }
                case Retry.GiveUp _ -> {
                    return delays;
                }
            }
        }
        return delays;
    }

    private static Duration[] seconds(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(s -> Duration.ofMillis((long) (s * 1000)))
                .toArray(Duration[]::new);
    }

    @Test
    void theDefaultsAreThreeRetriesAfterOneTwoAndFourSeconds() {
        var task = task("[{\"ErrorEquals\": [\"E\"]}]");
        assertThat(delays(task, "E", "E", "E", "E")).containsExactly(seconds(1, 2, 4));
    }

    @Test
    void theDelayGrowsByTheRateUpToTheLongest() {
        var task =
                task(
                        "[{\"ErrorEquals\": [\"E\"], \"IntervalSeconds\": 3, \"BackoffRate\": 1.5, \"MaxDelaySeconds\": 5, \"MaxAttempts\": 4}]");
        assertThat(delays(task, "E", "E", "E", "E", "E")).containsExactly(seconds(3, 4.5, 5, 5));
    }

    @Test
    void eachRetrierCountsItsOwnAttempts() {
        var task =
                task(
                        "[{\"ErrorEquals\": [\"A\"], \"MaxAttempts\": 1, \"IntervalSeconds\": 7}, {\"ErrorEquals\": [\"States.ALL\"], \"MaxAttempts\": 2}]");
        assertThat(delays(task, "B", "A", "B", "A")).containsExactly(seconds(1, 7, 2));
    }

    @Test
    void noAttemptsMeansNever() {
        var task =
                task(
                        "[{\"ErrorEquals\": [\"E\"], \"MaxAttempts\": 0}, {\"ErrorEquals\": [\"States.ALL\"]}]");
        assertThat(delays(task, "E")).isEmpty();
        assertThat(delays(task, "F")).hasSize(1);
    }

    @Test
    void fullJitterIsAnywhereUpToTheDelay() {
        var task =
                task(
                        "[{\"ErrorEquals\": [\"E\"], \"IntervalSeconds\": 10, \"BackoffRate\": 1, \"MaxAttempts\": 200, \"JitterStrategy\": \"FULL\"}]");
        var delays = delays(task, Collections.nCopies(200, "E").toArray(String[]::new));
        assertThat(delays)
                .hasSize(200)
                .allMatch(delay -> !delay.isNegative() && delay.toMillis() <= 10_000);
        assertThat(delays.stream().distinct().count()).isGreaterThan(150);
    }

    @Test
    void allIsEveryErrorButTheTwoThatEndTheExecution() {
        var task = task("[{\"ErrorEquals\": [\"States.ALL\"]}]");
        assertThat(delays(task, "Mine")).hasSize(1);
        assertThat(delays(task, "States.Timeout")).hasSize(1);
        assertThat(delays(task, "States.Runtime")).isEmpty();
        assertThat(delays(task, "States.DataLimitExceeded")).isEmpty();
    }

    @Test
    void taskFailedIsEveryErrorButTimeouts() {
        var task = task("[{\"ErrorEquals\": [\"States.TaskFailed\"]}]");
        assertThat(delays(task, "Mine")).hasSize(1);
        assertThat(delays(task, "States.Timeout")).isEmpty();
        assertThat(delays(task, "States.HeartbeatTimeout")).isEmpty();
    }

    @Test
    void timeoutIsAMissedHeartbeatToo() {
        assertThat(
                        delays(
                                task("[{\"ErrorEquals\": [\"States.Timeout\"]}]"),
                                "States.HeartbeatTimeout"))
                .hasSize(1);
        assertThat(
                        delays(
                                task("[{\"ErrorEquals\": [\"States.HeartbeatTimeout\"]}]"),
                                "States.Timeout"))
                .isEmpty();
    }

    @Test
    void anAbsentErrorNameIsMatchedByAllOnly() {
        var nameless = new StateError(Optional.empty(), Optional.empty());
        assertThat(evaluator.retry(task("[{\"ErrorEquals\": [\"E\"]}]"), nameless, List.of()))
                .isEqualTo(new Retry.GiveUp());
        assertThat(
                        evaluator.retry(
                                task("[{\"ErrorEquals\": [\"States.ALL\"]}]"), nameless, List.of()))
                .isInstanceOf(Retry.Again.class);
    }
}
