package io.millrace.orchestrator.teststate;

import io.millrace.stateslanguage.error.StateError;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What became of a state.
 *
 * @param next the state that follows
 * @param seen what the data looked like, by TestState's names, in the order of the steps
 * @param variables those that there are afterwards
 */
public record Tested(
        Status status,
        Optional<JsonNode> output,
        Optional<StateError> error,
        Optional<String> next,
        Map<String, JsonNode> seen,
        Map<String, JsonNode> variables) {

    /** The names are TestState's. */
    public enum Status {
        SUCCEEDED,
        FAILED,
        /** The state would run again. */
        RETRIABLE,
        CAUGHT_ERROR
    }
}
