package io.millrace.transformload.mapping;

import io.millrace.events.WorkItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The mappings in force: one per kind of result. */
public final class Mappings {

    /** The kind of a batch's line. */
    public static final String WORK_ITEM = "work-item";

    /** The kinds that a mapping ships for. */
    private static final List<String> SHIPPED = List.of("image", "webhook", "record", WORK_ITEM);

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Mapping> byKind;

    private Mappings(Map<String, Mapping> byKind) {
        this.byKind = Map.copyOf(byKind);
    }

    /**
     * Compiles the shipped mappings and those that a user configures, which win.
     *
     * @param configured by kind: a JSONata expression, or {@code file:} or {@code classpath:} and
     *     where one lies
     * @param longest how long the mapping of one payload may take
     * @throws InvalidMappings if any cannot be used
     */
    public static Mappings compile(Map<String, String> configured, Duration longest) {
        var expressions = new TreeMap<String, String>();
        SHIPPED.forEach(
                kind -> expressions.put(kind, "classpath:mappings/%s.jsonata".formatted(kind)));
        expressions.putAll(configured);
        var compiled = new HashMap<String, Mapping>();
        var problems = new ArrayList<InvalidMappings.Problem>();
        expressions.forEach((kind, expression) -> {
            try {
                compiled.put(kind, new Mapping(kind, Expressions.read(expression), longest));
            } catch (IllegalArgumentException e) {
                problems.add(new InvalidMappings.Problem(kind, String.valueOf(e.getMessage())));
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidMappings(problems);
        }
        return new Mappings(compiled);
    }

    /**
     * The document of a payload.
     *
     * @throws MappingFailed if there is no mapping for the kind, or it does not apply to the
     *     payload
     */
    public ObjectNode document(String kind, JsonNode payload) {
        var mapping = byKind.get(kind);
        if (mapping == null) {
            throw MappingFailed.noMapping(kind, new TreeSet<>(byKind.keySet()));
        }
        return mapping.apply(payload);
    }

    /** What the mapping of a batch's line is applied to. */
    public static JsonNode payload(WorkItem item) {
        return JSON.createObjectNode()
                .put("job", item.job())
                .put("line", item.line())
                .set("item", item.item());
    }
}
