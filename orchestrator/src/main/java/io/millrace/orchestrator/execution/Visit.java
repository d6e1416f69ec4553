package io.millrace.orchestrator.execution;

import java.time.Instant;
import java.util.List;

/**
 * What is known of a frame's stay in its current state.
 *
 * @param enteredEvent the id of the event that says it was entered
 * @param eventBefore the id of the event before that one
 * @param enteredAt when it was entered
 * @param retryCount how often it was tried again
 * @param attempts how often each of its retriers was used
 */
public record Visit(
        long enteredEvent,
        long eventBefore,
        Instant enteredAt,
        int retryCount,
        List<Integer> attempts) {

    /** Before a frame has entered its first state. */
    static final Visit NONE = new Visit(0, 0, Instant.EPOCH, 0, List.of());

    public Visit {
        attempts = List.copyOf(attempts);
    }

    Visit again() {
        return new Visit(enteredEvent, eventBefore, enteredAt, retryCount + 1, attempts);
    }

    /** The stay begins anew, without entering anew. */
    Visit redriven(Instant now) {
        return new Visit(enteredEvent, eventBefore, now, 0, List.of());
    }

    Visit withAttempts(List<Integer> used) {
        return new Visit(enteredEvent, eventBefore, enteredAt, retryCount, used);
    }
}
