package io.millrace.orchestrator.api;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds what the children of a Map state follow in the text of a definition. */
final class Processors {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The second is what the first was called before. */
    private static final List<String> FIELDS = List.of("ItemProcessor", "Iterator");

    private Processors() {}

    /** The text of the processor of the Map state of that name. */
    static Optional<String> find(String definition, String mapState) {
        return in(JSON.readTree(definition), mapState).map(JSON::writeValueAsString);
    }

    private static Optional<JsonNode> in(JsonNode graph, String mapState) {
        for (var state : graph.path("States").properties()) {
            for (var field : FIELDS) {
                var processor = state.getValue().path(field);
                var found =
                        processor.isObject() && state.getKey().equals(mapState)
                                ? Optional.of(processor)
                                : in(processor, mapState);
                if (found.isPresent()) {
                    return found;
                }
            }
            for (var branch : state.getValue().path("Branches")) {
                var found = in(branch, mapState);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
