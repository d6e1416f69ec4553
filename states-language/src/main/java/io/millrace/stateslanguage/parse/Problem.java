package io.millrace.stateslanguage.parse;

import java.util.Optional;

/**
 * Something that is wrong with a definition.
 *
 * @param location where, as Step Functions writes it: {@code /States/Load/Next}; empty if it is the
 *     whole
 */
public record Problem(Code code, Optional<String> location, String message) {

    /** Step Functions' codes for what its validation finds. */
    public enum Code {
        /** It is not JSON. */
        INVALID_JSON_DESCRIPTION,
        /** A field is missing, unknown, of the wrong type or at odds with another. */
        SCHEMA_VALIDATION_FAILED,
        /** A transition leads nowhere, or nothing leads to a state. */
        MISSING_TRANSITION_TARGET,
        /** No state ends the graph. */
        MISSING_END_STATE,
        /** Two states of one machine have the same name. */
        DUPLICATE_STATE_NAME,
        /** A state's name is empty or too long. */
        INVALID_STATE_NAME
    }

    /** The problem as CreateStateMachine reports it, with null for no location. */
    public String text() {
        return "%s: %s at %s".formatted(code, message, location.orElse("null"));
    }
}
