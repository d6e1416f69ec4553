package io.millrace.events;

import tools.jackson.databind.JsonNode;

/**
 * One line of a batch.
 *
 * @param job the batch
 * @param line the line's number in the object, from 1
 * @param item what the line says
 */
public record WorkItem(String job, long line, JsonNode item) implements EventData {}
