package io.millrace.errorhandler.failure;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Guesses from a message that AWS wrote where it came from. */
final class Origins {

    private static final JsonMapper JSON = new JsonMapper();

    private Origins() {}

    static String of(String body) {
        return read(body)
                .map(Origins::of)
                .orElse("unknown: the message is no JSON and does not tell its queue");
    }

    private static String of(JsonNode message) {
        if (message.path("Records").path(0).path("eventSource").asString("").equals("aws:s3")) {
            return "S3 notification";
        }
        if (message.has("dynamodb")) {
            return "DynamoDB stream";
        }
        return "unknown: the message does not tell its queue";
    }

    private static Optional<JsonNode> read(String body) {
        try {
            return Optional.of(JSON.readTree(body));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
