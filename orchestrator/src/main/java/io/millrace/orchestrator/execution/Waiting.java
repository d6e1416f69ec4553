package io.millrace.orchestrator.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a frame waits for. */
public sealed interface Waiting {

    /** When it ends by itself, if it does. */
    default Optional<Instant> dueAt() {
        return switch (this) {
            case Turn _ -> Optional.of(Instant.EPOCH);
            case Timer(var until) -> Optional.of(until);
            case Retry(var at) -> Optional.of(at);
            case Answer answer -> answer.earliest();
            case Children _, Distributed _ -> Optional.empty();
        };
    }

    /** For its turn: its state is not entered yet. */
    record Turn() implements Waiting {}

    /** For the end of a Wait state. */
    record Timer(Instant until) implements Waiting {}

    /** For the next attempt of a state that failed. */
    record Retry(Instant at) implements Waiting {}

    /**
     * For a task's result.
     *
     * @param event the id of the event by which the task was scheduled
     * @param resource who does the task
     * @param nonce what a token must hold besides, if the result comes with one
     * @param deadline when the task has timed out
     * @param heartbeat how long it may be silent
     * @param silentUntil when it has been silent for too long
     */
    record Answer(
            long event,
            String resource,
            Optional<String> nonce,
            Optional<Instant> deadline,
            Optional<Duration> heartbeat,
            Optional<Instant> silentUntil)
            implements Waiting {

        Optional<Instant> earliest() {
            if (deadline.isEmpty() || silentUntil.isEmpty()) {
                return deadline.or(this::silentUntil);
            }
            return deadline.get().isBefore(silentUntil.get()) ? deadline : silentUntil;
        }

        Answer heard(Instant now) {
            return new Answer(
                    event, resource, nonce, deadline, heartbeat, heartbeat.map(now::plus));
        }
    }

    /** For the end of its branches or iterations. */
    record Children(Fork fork) implements Waiting {}

    /**
     * For the end of a map run.
     *
     * @param mapRun the id of the event by which it started
     */
    record Distributed(long mapRun) implements Waiting {}
}
