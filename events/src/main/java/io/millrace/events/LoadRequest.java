package io.millrace.events;

import tools.jackson.databind.JsonNode;

/**
 * Asks for a result to be stored, archived and announced; the event's id is the result's.
 *
 * @param kind which mapping applies, such as {@code image}
 * @param payload what the mapping is applied to
 */
public record LoadRequest(String kind, JsonNode payload) implements EventData {}
