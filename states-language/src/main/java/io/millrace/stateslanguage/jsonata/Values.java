package io.millrace.stateslanguage.jsonata;

import com.dashjoin.jsonata.Jsonata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Trees as the JSONata library's values, and back. */
final class Values {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Values() {}

    /** The value of a tree: containers as views, so that only what is looked at is converted. */
    static Object toValue(JsonNode tree) {
        return switch (tree) {
            case ObjectNode object -> new ObjectView(object);
            // The library adds to an empty array that it groups.
            case ArrayNode array when array.isEmpty() -> new ArrayList<>();
            case ArrayNode array -> new ArrayView(array);
            case JsonNode number when number.isNumber() -> number.numberValue();
            case JsonNode bool when bool.isBoolean() -> bool.booleanValue();
            case JsonNode text when text.isString() -> text.stringValue();
            // Java's null is the library's undefined.
            default -> Jsonata.NULL_VALUE;
        };
    }

    /** An object of a tree as a map. */
    private static final class ObjectView extends AbstractMap<String, Object> {

        private final ObjectNode object;

        ObjectView(ObjectNode object) {
            this.object = object;
        }

        @Override
        public boolean containsKey(Object key) {
            return key instanceof String name && object.has(name);
        }

        @Override
        public @Nullable Object get(Object key) {
            var value = key instanceof String name ? object.get(name) : null;
            return value == null ? null : toValue(value);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            var entries = new LinkedHashMap<String, Object>();
            object.properties().forEach(e -> entries.put(e.getKey(), toValue(e.getValue())));
            return entries.entrySet();
        }
    }

    /** An array of a tree as a list. */
    private static final class ArrayView extends AbstractList<Object> {

        private final ArrayNode array;

        ArrayView(ArrayNode array) {
            this.array = array;
        }

        @Override
        public Object get(int index) {
            return toValue(Objects.requireNonNull(array.get(index)));
        }

        @Override
        public int size() {
            return array.size();
        }
    }

    /** The tree of a value; empty if JSON has none for it, as for a function. */
    static Optional<JsonNode> toTree(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.of(NODES.nullNode());
            case Object none when Jsonata.NULL_VALUE.equals(none) -> Optional.of(NODES.nullNode());
            case String text -> Optional.of(NODES.stringNode(text));
            case Boolean bool -> Optional.of(NODES.booleanNode(bool));
            case Number number -> number(number);
            case ObjectView view -> Optional.of(view.object);
            case ArrayView view -> Optional.of(view.array);
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
