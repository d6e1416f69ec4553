package io.millrace.statestestkit;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.stateslanguage.error.StateError;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a mocked task answers, and when. For a {@code .waitForTaskToken} task it is what a worker
 * sends with the token.
 */
public final class Answer {

    private final Optional<TaskOutcome> outcome;
    private final Duration delay;
    private final Optional<Duration> heartbeats;

    private Answer(Optional<TaskOutcome> outcome, Duration delay, Optional<Duration> heartbeats) {
        this.outcome = outcome;
        this.delay = delay;
        this.heartbeats = heartbeats;
    }

    private static Answer now(TaskOutcome outcome) {
        return new Answer(Optional.of(outcome), Duration.ZERO, Optional.empty());
    }

    /**
     * A result.
     *
     * @param result JSON text, a {@link JsonNode}, or anything that Jackson can write as JSON
     */
    public static Answer returns(@Nullable Object result) {
        return of(result, "What a mock returns");
    }

    static Answer of(@Nullable Object result, String what) {
        return now(new TaskOutcome.Done(Datum.of(Json.of(result, what))));
    }

    /**
     * An error, such as {@code States.TaskFailed}, {@code Lambda.TooManyRequestsException} or your
     * own.
     */
    public static Answer fails(String error) {
        return fails(error, "");
    }

    public static Answer fails(String error, String cause) {
        return now(new TaskOutcome.Failed(StateError.of(error, cause)));
    }

    /**
     * Nothing, ever: TimeoutSeconds and HeartbeatSeconds tell what happens then, or the test
     * itself.
     */
    public static Answer never() {
        return new Answer(Optional.empty(), Duration.ZERO, Optional.empty());
    }

    /** The same answer, after a time that passes in the execution's clock. */
    public Answer after(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("No answer comes before its call: " + time);
        }
        return new Answer(outcome, time, heartbeats);
    }

    /** The same answer, with heartbeats until it comes; of a {@code .waitForTaskToken} task. */
    public Answer withHeartbeatsEvery(Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("Heartbeats need a time between them: " + time);
        }
        return new Answer(outcome, delay, Optional.of(time));
    }

    /** The same answer with another result, if it is one. */
    Answer map(UnaryOperator<JsonNode> change) {
        return new Answer(
                outcome.map(some ->
                        some instanceof TaskOutcome.Done(var output)
                                ? new TaskOutcome.Done(Datum.of(change.apply(output.node())))
                                : some),
                delay,
                heartbeats);
    }

    Optional<TaskOutcome> outcome() {
        return outcome;
    }

    Duration delay() {
        return delay;
    }

    Optional<Duration> heartbeats() {
        return heartbeats;
    }
}
