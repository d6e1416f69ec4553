package io.millrace.events;

import tools.jackson.databind.JsonNode;

/**
 * Asks the orchestrator for an execution.
 *
 * @param stateMachine the name of the state machine
 * @param name the execution's name, at most 80 characters; a name that was used starts nothing new
 * @param input the input of the first state
 */
public record StartExecution(String stateMachine, String name, JsonNode input)
        implements EventData {

    /** The longest name that Step Functions accepts (API reference, StartExecution, "name"). */
    public static final int MAX_NAME_LENGTH = 80;

    public StartExecution {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "an execution's name has 1 to %d characters, not %d: see EventIds.executionName"
                            .formatted(MAX_NAME_LENGTH, name.length()));
        }
    }
}
