package io.millrace.webhookhandler;

import io.millrace.events.EventIds;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A webhook that was found genuine.
 *
 * @param source who sent it
 * @param id the sender's id of the message
 * @param receivedAt when it came
 * @param body what it says
 */
record Webhook(String source, String id, Instant receivedAt, JsonNode body) {

    String eventId() {
        return EventIds.webhook(source, id);
    }

    String executionName() {
        return EventIds.executionName(eventId());
    }
}
