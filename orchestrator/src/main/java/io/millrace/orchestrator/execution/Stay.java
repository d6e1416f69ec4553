package io.millrace.orchestrator.execution;

import java.time.Instant;
import java.util.Optional;

/**
 * A stay in a state that is over.
 *
 * @param type the type of the state
 * @param visit when and how it began
 * @param around the stay in the Parallel or Map state that this one was part of
 */
public record Stay(
        String state, String type, Visit visit, Optional<Visit> around, Instant until, End end) {

    /** How it ended. */
    public enum End {
        EXITED,
        /** By a Catch. */
        CAUGHT,
        /** It was not left: the execution, or what it was part of, ended in it. */
        FAILED
    }
}
