package io.millrace.events;

import tools.jackson.databind.JsonNode;

/**
 * An execution ended without success.
 *
 * @param executionArn the execution
 * @param stateMachineArn its state machine
 * @param status {@code FAILED} or {@code TIMED_OUT}
 * @param error the error's name, empty if the execution has none
 * @param cause what happened, for people; empty if the execution has none
 * @param failedState the state it failed in, empty if it failed in none
 * @param attempts how often that state was tried
 * @param input the execution's input
 */
public record ExecutionFailed(
        String executionArn,
        String stateMachineArn,
        String status,
        String error,
        String cause,
        String failedState,
        int attempts,
        JsonNode input)
        implements EventData {}
