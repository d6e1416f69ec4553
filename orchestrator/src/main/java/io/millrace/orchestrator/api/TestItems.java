package io.millrace.orchestrator.api;

import io.millrace.stateslanguage.model.State;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What an ItemReader would have read, as a caller of TestState gives it: JSON, or JSON Lines. */
final class TestItems {

    private static final JsonMapper JSON = JsonMapper.shared();

    private TestItems() {}

    /**
     * @param configuration the ReaderConfig
     */
    static JsonNode read(State.MapState map, String data, JsonNode configuration) {
        try {
            var whole = data.stripLeading();
            var pointer = configuration.path("ItemsPointer").asString("");
            if (!pointer.isEmpty()) {
                return JSON.readTree(whole).at(pointer);
            }
            return whole.startsWith("[") ? JSON.readTree(whole) : lines(whole);
        } catch (JacksonException e) {
            throw ApiError.validation(
                    "The ItemReader data of '%s' is neither a JSON array nor JSON Lines: %s"
                            .formatted(map.name(), e.getOriginalMessage()));
        }
    }

    private static JsonNode lines(String text) {
        var items = JsonNodeFactory.instance.arrayNode();
        text.lines().filter(line -> !line.isBlank()).map(JSON::readTree).forEach(items::add);
        return items;
    }
}
