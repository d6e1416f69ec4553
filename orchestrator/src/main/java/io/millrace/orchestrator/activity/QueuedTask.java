package io.millrace.orchestrator.activity;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A task that no worker has yet.
 *
 * @param activity the name of its activity
 * @param position where it stands in the queue: texts that sort as the tasks were scheduled
 * @param token the task's token
 * @param handOuts attempts to give it to a worker: only the latest may go on
 * @param heldUntil before that, nobody begins another one
 * @param version how often it was changed, to change it by compare-and-set
 */
public record QueuedTask(
        String activity,
        String position,
        String token,
        List<String> handOuts,
        Instant heldUntil,
        long version) {

    private static final int MILLIS = 15;

    public QueuedTask {
        handOuts = List.copyOf(handOuts);
    }

    /** A task that was scheduled at a time, by an effect of that id. */
    static QueuedTask of(String activity, Instant scheduled, String effect, String token) {
        return new QueuedTask(
                activity,
                ("%0" + MILLIS + "d#%s").formatted(scheduled.toEpochMilli(), effect),
                token,
                List.of(),
                Instant.EPOCH,
                1);
    }

    Instant scheduledAt() {
        return Instant.ofEpochMilli(Long.parseLong(position.substring(0, MILLIS)));
    }

    QueuedTask heldBy(String handOut, Instant until) {
        return new QueuedTask(
                activity,
                position,
                token,
                Stream.concat(handOuts.stream(), Stream.of(handOut)).toList(),
                until,
                version + 1);
    }

    boolean isFree(Instant now) {
        return !heldUntil.isAfter(now);
    }
}
