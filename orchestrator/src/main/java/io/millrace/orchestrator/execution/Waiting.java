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
            case Worker _, Children _, Distributed _ -> Optional.empty();
        };
    }

    /** For its turn: its state is not entered yet. */
    record Turn() implements Waiting {}

    /** For the end of a Wait state. */
    record Timer(Instant until) implements Waiting {}

    /** For the next attempt of a state that failed. */
    record Retry(Instant at) implements Waiting {}

    /** For a task. */
    sealed interface ForTask extends Waiting {

        /** The id of the event by which the task was scheduled. */
        long event();

        /** Who does the task. */
        String resource();

        /** What a token must hold besides, if the result comes with one. */
        Optional<String> nonce();
    }

    /**
     * For a worker to take the task of an activity; only then does its time begin (Step Functions,
     * "Task state").
     *
     * @param since when the task was scheduled
     * @param timeout how long a worker may take
     * @param heartbeat how long it may be silent
     */
    record Worker(
            long event,
            String resource,
            Optional<String> nonce,
            Instant since,
            Optional<Duration> timeout,
            Optional<Duration> heartbeat)
            implements ForTask {

        Answer taken(String handOut, Instant now) {
            return new Answer(
                    event,
                    resource,
                    nonce,
                    timeout.map(now::plus),
                    heartbeat,
                    heartbeat.map(now::plus),
                    Optional.of(handOut),
                    Optional.empty());
        }
    }

    /**
     * For a task's result.
     *
     * @param deadline when the task has timed out
     * @param heartbeat how long it may be silent
     * @param silentUntil when it has been silent for too long
     * @param handOut by which a worker was given the task of an activity
     * @param job the execution whose end is the result
     */
    record Answer(
            long event,
            String resource,
            Optional<String> nonce,
            Optional<Instant> deadline,
            Optional<Duration> heartbeat,
            Optional<Instant> silentUntil,
            Optional<String> handOut,
            Optional<ExecutionId> job)
            implements ForTask {

        Optional<Instant> earliest() {
            if (deadline.isEmpty() || silentUntil.isEmpty()) {
                return deadline.or(this::silentUntil);
            }
            return deadline.get().isBefore(silentUntil.get()) ? deadline : silentUntil;
        }

        Answer heard(Instant now) {
            return with(heartbeat.map(now::plus), handOut, job);
        }

        Answer withoutJob() {
            return with(silentUntil, handOut, Optional.empty());
        }

        /** Nobody has got what was handed out before: it goes to somebody else. */
        Answer takenInstead(String newHandOut, Instant now) {
            return with(heartbeat.map(now::plus), Optional.of(newHandOut), job);
        }

        private Answer with(
                Optional<Instant> newSilentUntil,
                Optional<String> newHandOut,
                Optional<ExecutionId> newJob) {
            return new Answer(
                    event,
                    resource,
                    nonce,
                    deadline,
                    heartbeat,
                    newSilentUntil,
                    newHandOut,
                    newJob);
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
