package io.millrace.events;

import tools.jackson.databind.JsonNode;

/**
 * Asks a worker to do what a Task state stands for; answered with a {@link TaskResult}.
 *
 * @param taskToken what the answer has to carry
 * @param executionArn the execution that waits
 * @param state the name of the Task state
 * @param attempt how often the state was retried before, 0 for the first attempt
 * @param input the task's input
 */
public record TaskRequest(
        String taskToken, String executionArn, String state, int attempt, JsonNode input)
        implements EventData {}
