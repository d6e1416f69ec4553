package io.millrace.errorhandler.groups;

import io.millrace.events.EventIds;
import io.millrace.events.FailureRecord;
import java.util.Optional;

/**
 * What failures have in common that are one group.
 *
 * @param origin where it failed: a queue, a stream or a state machine
 * @param state the state that failed
 * @param error the error's name
 */
public record Alike(String origin, Optional<String> state, String error) {

    public static Alike of(FailureRecord failure) {
        return new Alike(failure.origin(), failure.failedState(), failure.error());
    }

    /** The group's id: the same for all that failed alike. */
    public String id() {
        return EventIds.hash(String.join("\n", origin, state.orElse(""), error));
    }

    /** For people. */
    @Override
    public String toString() {
        return "%s %s %s".formatted(origin, state.orElse("-"), error);
    }
}
