package io.millrace.datasync.change;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * DynamoDB's JSON as plain JSON: attributes without their type descriptors (DynamoDB Developer
 * Guide, "DynamoDB low-level API", data type descriptors). Sets become arrays, binary stays Base64.
 */
final class PlainJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlainJson() {}

    /** An item, by its attributes. */
    static ObjectNode item(JsonNode attributes) {
        var item = NODES.objectNode();
        attributes
                .properties()
                .forEach(attribute -> item.set(attribute.getKey(), value(attribute.getValue())));
        return item;
    }

    private static JsonNode value(JsonNode described) {
        var properties = described.properties();
        if (properties.size() != 1) {
            throw new IllegalArgumentException(
                    "an attribute has one type descriptor, not " + described);
        }
        Map.Entry<String, JsonNode> only = properties.iterator().next();
        var value = only.getValue();
        return switch (only.getKey()) {
            case "S", "B", "BOOL" -> value;
            case "N" -> number(value);
            case "NULL" -> NODES.nullNode();
            case "M" -> item(value);
            case "L" -> array(value, PlainJson::value);
            case "SS", "BS" -> array(value, each -> each);
            case "NS" -> array(value, PlainJson::number);
            default ->
                    throw new IllegalArgumentException(
                            "unknown type descriptor '%s'".formatted(only.getKey()));
        };
    }

    private static JsonNode number(JsonNode text) {
        return NODES.numberNode(new BigDecimal(text.asString()));
    }

    private static JsonNode array(JsonNode values, UnaryOperator<JsonNode> each) {
        var array = NODES.arrayNode();
        values.forEach(value -> array.add(each.apply(value)));
        return array;
    }
}
