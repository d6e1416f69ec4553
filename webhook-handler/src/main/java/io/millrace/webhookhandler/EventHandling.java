package io.millrace.webhookhandler;

import io.millrace.events.TaskFailed;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskResult;
import io.millrace.events.TaskSucceeded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The task of the workflow {@code webhook}: checks what a webhook says and brings it into one form.
 */
final class EventHandling {

    static final String INVALID = "Webhook.Invalid";

    private static final JsonMapper JSON = new JsonMapper();

    TaskResult handle(TaskRequest request) {
        var token = request.taskToken();
        var webhook = request.input();
        var body = webhook.path("body");
        if (!body.isObject()) {
            return new TaskFailed(token, INVALID, "the body of a webhook has to be an object");
        }
        var told = webhook.path("type").stringValue("");
        var type = told.isBlank() ? body.path("type").stringValue("") : told;
        if (type.isBlank()) {
            return new TaskFailed(
                    token,
                    INVALID,
                    "webhook %s of %s has no text in the field 'type'"
                            .formatted(text(webhook, "webhookId"), text(webhook, "source")));
        }
        var occurred = body.path("timestamp").asString(text(webhook, "receivedAt"));
        return new TaskSucceeded(
                token,
                JSON.createObjectNode()
                        .put("eventId", text(webhook, "eventId"))
                        .put("source", text(webhook, "source"))
                        .put("type", type)
                        .put("occurredAt", occurred)
                        .set("data", told.isBlank() ? data(body) : body));
    }

    private static JsonNode data(JsonNode body) {
        return body.path("data").isMissingNode() ? JSON.nullNode() : body.get("data");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
