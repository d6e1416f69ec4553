package io.millrace.events;

import tools.jackson.databind.JsonNode;

/**
 * One line of a batch.
 *
 * @param job the batch
 * @param line its number among the records of the object, from 1; a header does not count
 * @param item what the line says
 */
public record WorkItem(String job, long line, JsonNode item) implements EventData {}
