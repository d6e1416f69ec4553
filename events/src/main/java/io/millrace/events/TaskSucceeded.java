package io.millrace.events;

import tools.jackson.databind.JsonNode;

/**
 * The task is done.
 *
 * @param taskToken the token of the request
 * @param output what the Task state results in
 */
public record TaskSucceeded(String taskToken, JsonNode output) implements TaskResult {}
