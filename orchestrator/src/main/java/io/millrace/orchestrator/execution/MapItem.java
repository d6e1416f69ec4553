package io.millrace.orchestrator.execution;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a distributed Map iterates over: an element of an array, or a member of an object.
 *
 * @param key the member's name
 * @param source where the item is from, if the items of the map run have no one source
 */
public record MapItem(Optional<String> key, JsonNode value, Optional<String> source) {

    /** The source of items that the state itself is given. */
    public static final String STATE_DATA = "STATE_DATA";

    public static MapItem of(JsonNode element) {
        return new MapItem(Optional.empty(), element, Optional.empty());
    }

    private static MapItem ofMember(Map.Entry<String, JsonNode> member) {
        return new MapItem(Optional.of(member.getKey()), member.getValue(), Optional.empty());
    }

    public MapItem from(String itsSource) {
        return new MapItem(key, value, Optional.of(itsSource));
    }

    /** The items of an array or object. */
    public static Iterator<MapItem> in(JsonNode collection) {
        return collection.isObject()
                ? collection.properties().stream().map(MapItem::ofMember).iterator()
                : collection.valueStream().map(MapItem::of).iterator();
    }

    /** What an iteration is given, unless its state selects something else. */
    public JsonNode input() {
        return key.<JsonNode>map(
                        name -> {
                            var pair = JsonNodeFactory.instance.objectNode().put("Key", name);
                            return pair.set("Value", value);
                        })
                .orElse(value);
    }

    /** What an iteration is given of a batch (developer guide, "ItemBatcher"). */
    public static JsonNode batch(Optional<JsonNode> batchInput, List<JsonNode> inputs) {
        var batch = JsonNodeFactory.instance.objectNode();
        batchInput.ifPresent(input -> batch.set("BatchInput", input));
        batch.putArray("Items").addAll(inputs);
        return batch;
    }

    /** What the context object says of an item (developer guide, "Context object"). */
    public JsonNode inContext(int index, String sourceOfAll) {
        var about = JsonNodeFactory.instance.objectNode().put("Index", index);
        key.ifPresent(name -> about.put("Key", name));
        about.set("Value", value);
        return about.put("Source", source.orElse(sourceOfAll));
    }
}
