package io.millrace.webhookhandler;

import io.millrace.events.EventIds;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A webhook that was found genuine.
 *
 * @param source who sent it
 * @param id the sender's id of the message
 * @param type what happened, where the sender says so beside the body
 * @param receivedAt when it came
 * @param body what it says
 */
record Webhook(String source, String id, Optional<String> type, Instant receivedAt, JsonNode body) {

    String eventId() {
        return EventIds.webhook(source, id);
    }

    String executionName() {
        return EventIds.executionName(eventId());
    }
}
