package io.millrace.orchestrator.api;

import java.math.BigDecimal;
import java.time.Instant;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as AWS's protocol writes it. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** What a refusal says (AWS JSON 1.0, "Error shape serialization"). */
    static ObjectNode error(String type, String message) {
        return object().put("__type", type).put("message", message);
    }

    /** Seconds, with milliseconds after the point (AWS JSON 1.0, "Timestamp formats"). */
    static DecimalNode time(Instant time) {
        return DecimalNode.valueOf(BigDecimal.valueOf(time.toEpochMilli()).movePointLeft(3));
    }
}
