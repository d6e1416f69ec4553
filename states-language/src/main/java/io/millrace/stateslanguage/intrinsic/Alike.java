package io.millrace.stateslanguage.intrinsic;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values as they are compared: 1 and 1.0 are the same number. */
final class Alike {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Alike() {}

    /** A tree that equals another if and only if both stand for the same JSON value. */
    static JsonNode of(JsonNode value) {
        return switch (value) {
            case ArrayNode array -> {
                var copy = NODES.arrayNode(array.size());
                array.forEach(element -> copy.add(of(element)));
                yield copy;
            }
            case ObjectNode object -> {
                var copy = NODES.objectNode();
                object.properties()
                        .forEach(member -> copy.set(member.getKey(), of(member.getValue())));
                yield copy;
            }
            case JsonNode number when number.isNumber() -> {
                BigDecimal plain = number.decimalValue().stripTrailingZeros();
                yield NODES.stringNode("number " + plain);
            }
            case JsonNode text when text.isString() ->
                    NODES.stringNode("string " + text.stringValue());
            default -> value;
        };
    }
}
