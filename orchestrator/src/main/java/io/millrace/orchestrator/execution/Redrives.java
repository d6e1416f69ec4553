package io.millrace.orchestrator.execution;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How often an execution was redriven, and where it would be redriven from.
 *
 * @param count how often
 * @param at when it was for the last time
 * @param token what the request for that was called, so that it happens once
 * @param attempt to which attempt of its map run a child belongs, from 0
 * @param frames the frames that stood when it ended without success
 */
public record Redrives(
        int count, Optional<Instant> at, Optional<String> token, int attempt, List<Frame> frames) {

    /** Of an execution that never was. */
    public static final Redrives NONE =
            new Redrives(0, Optional.empty(), Optional.empty(), 0, List.of());

    public Redrives {
        frames = List.copyOf(frames);
    }

    Redrives once(Instant now, Optional<String> request, int itsAttempt) {
        return new Redrives(count + 1, Optional.of(now), request, itsAttempt, List.of());
    }

    Redrives inAttempt(int its) {
        return new Redrives(count, at, token, its, frames);
    }

    Redrives from(List<Frame> standing) {
        return new Redrives(count, at, token, attempt, standing);
    }

    /** Whether a request of that name was answered by the last redrive. */
    boolean answered(Optional<String> request) {
        return request.isPresent() && request.equals(token);
    }
}
