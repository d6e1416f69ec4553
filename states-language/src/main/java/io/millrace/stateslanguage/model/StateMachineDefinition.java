package io.millrace.stateslanguage.model;

import java.util.Optional;

/**
 * A whole state machine.
 *
 * @param timeoutSeconds how long an execution may take
 */
public record StateMachineDefinition(
        Optional<String> comment,
        QueryLanguage queryLanguage,
        Optional<String> version,
        Optional<Long> timeoutSeconds,
        StateGraph graph) {}
