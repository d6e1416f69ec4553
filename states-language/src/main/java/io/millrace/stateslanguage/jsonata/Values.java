package io.millrace.stateslanguage.jsonata;

import com.dashjoin.jsonata.Jsonata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Trees as the JSONata library's values, and back. */
final class Values {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Values() {}

    static Object toValue(JsonNode tree) {
        return switch (tree) {
            case ObjectNode object -> {
                var map = new LinkedHashMap<String, Object>();
                object.properties().forEach(e -> map.put(e.getKey(), toValue(e.getValue())));
                yield map;
            }
            case ArrayNode array -> {
                var list = new ArrayList<Object>(array.size());
                array.forEach(element -> list.add(toValue(element)));
                yield list;
            }
            case JsonNode number when number.isNumber() -> number.numberValue();
            case JsonNode bool when bool.isBoolean() -> bool.booleanValue();
            case JsonNode text when text.isString() -> text.stringValue();
            // Java's null is the library's undefined.
            default -> Jsonata.NULL_VALUE;
        };
    }

    /** The tree of a value; empty if JSON has none for it, as for a function. */
    static Optional<JsonNode> toTree(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.of(NODES.nullNode());
            case Object none when Jsonata.NULL_VALUE.equals(none) -> Optional.of(NODES.nullNode());
            case String text -> Optional.of(NODES.stringNode(text));
            case Boolean bool -> Optional.of(NODES.booleanNode(bool));
            case Number number -> number(number);
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            default -> Optional.empty();
        };
    }

    private static Optional<JsonNode> object(Map<?, ?> map) {
        var object = NODES.objectNode();
        for (var entry : map.entrySet()) {
            var child = toTree(entry.getValue());
            if (child.isEmpty()) {
                return Optional.empty();
            }
            object.set(String.valueOf(entry.getKey()), child.get());
        }
        return Optional.of(object);
    }

    private static Optional<JsonNode> array(List<?> list) {
        var array = NODES.arrayNode(list.size());
        for (var element : list) {
            var child = toTree(element);
            if (child.isEmpty()) {
                return Optional.empty();
            }
            array.add(child.get());
        }
        return Optional.of(array);
    }

    /** A whole number as an integer: JSONata computes in doubles, and prints 3, not 3.0. */
    private static Optional<JsonNode> number(Number number) {
        return switch (number) {
            case Integer value -> Optional.of(NODES.numberNode(value));
            case Long value -> Optional.of(whole(value));
            case BigInteger value -> Optional.of(NODES.numberNode(value));
            case BigDecimal value -> Optional.of(NODES.numberNode(value));
            case Number other -> {
                double value = other.doubleValue();
                if (!Double.isFinite(value)) {
                    yield Optional.empty();
                }
                yield Optional.of(
                        value == Math.rint(value) && Math.abs(value) < 1e15
                                ? whole((long) value)
                                : NODES.numberNode(value));
            }
        };
    }

    private static JsonNode whole(long value) {
        return (int) value == value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }
}
