package io.millrace.transformload.mapping;

import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Trees as the JSONata library's values, and back. */
final class Values {

    private static final JsonMapper JSON = new JsonMapper();

    private Values() {}

    static Object of(JsonNode tree) {
        return switch (tree) {
            case ObjectNode object -> {
                var map = new LinkedHashMap<String, Object>();
                object.properties().forEach(each -> map.put(each.getKey(), of(each.getValue())));
                yield map;
            }
            case ArrayNode array -> {
                var list = new ArrayList<Object>(array.size());
                array.forEach(each -> list.add(of(each)));
                yield list;
            }
            case JsonNode text when text.isString() -> text.stringValue();
            case JsonNode number when number.isNumber() -> number.numberValue();
            case JsonNode bool when bool.isBoolean() -> bool.booleanValue();
            // Java's null would be the library's undefined.
            default -> Jsonata.NULL_VALUE;
        };
    }

    /**
     * @throws IllegalArgumentException if JSON has nothing for the value, as for a function
     */
    static JsonNode tree(@Nullable Object value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case Map<?, ?> map -> {
                var object = JSON.createObjectNode();
                map.forEach((name, each) -> object.set(String.valueOf(name), tree(each)));
                yield object;
            }
            case List<?> list -> {
                var array = JSON.createArrayNode();
                list.forEach(each -> array.add(tree(each)));
                yield array;
            }
            case String _, Number _, Boolean _ -> JSON.valueToTree(value);
            case Object none when none.equals(Jsonata.NULL_VALUE) -> JSON.nullNode();
            default -> throw new IllegalArgumentException("a function is no JSON");
        };
    }
}
