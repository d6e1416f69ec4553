package io.millrace.localcloud.topics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A filter policy's tree: fields that all have to fit, down to patterns of which one has to. */
sealed interface PolicyNode {

    boolean accepts(JsonNode value);

    /**
     * All fields, and of each list of alternatives one.
     *
     * @param alternatives the {@code $or} lists
     */
    record Fields(Map<String, PolicyNode> fields, List<List<PolicyNode>> alternatives)
            implements PolicyNode {

        public Fields {
            fields = Map.copyOf(fields);
            alternatives = List.copyOf(alternatives);
        }

        @Override
        public boolean accepts(JsonNode value) {
            if (value.isArray()) {
                return value.valueStream().anyMatch(this::accepts);
            }
            return fields.entrySet().stream()
                            .allMatch(each -> each.getValue().accepts(value.path(each.getKey())))
                    && alternatives.stream()
                            .allMatch(any -> any.stream().anyMatch(one -> one.accepts(value)));
        }
    }

    /** Patterns, one of which fits. */
    record AnyOf(List<ValuePattern> patterns) implements PolicyNode {

        public AnyOf {
            patterns = List.copyOf(patterns);
        }

        @Override
        public boolean accepts(JsonNode value) {
            var values = flattened(value);
            return patterns.stream().anyMatch(pattern -> pattern.accepts(values));
        }

        private static List<JsonNode> flattened(JsonNode value) {
            return switch (value) {
                case MissingNode _ -> List.of();
                case JsonNode array when array.isArray() ->
                        array.valueStream().flatMap(each -> flattened(each).stream()).toList();
                default -> List.of(value);
            };
        }
    }

    /** Reads a policy or refuses it. */
    static PolicyNode parse(JsonNode json) {
        if (!json.isObject()) {
            throw FilterPolicy.invalid("has to be a JSON object");
        }
        return fields(json);
    }

    private static PolicyNode fields(JsonNode json) {
        var fields = new LinkedHashMap<String, PolicyNode>();
        var alternatives = new ArrayList<List<PolicyNode>>();
        json.properties()
                .forEach(property -> {
                    var name = property.getKey();
                    var value = property.getValue();
                    if (name.equals("$or") && value.isArray()) {
                        alternatives.add(value.valueStream().map(PolicyNode::parse).toList());
                    } else if (value.isObject()) {
                        fields.put(name, fields(value));
                    } else if (value.isArray() && !value.isEmpty()) {
                        fields.put(
                                name,
                                new AnyOf(value.valueStream().map(ValuePattern::parse).toList()));
                    } else {
                        throw FilterPolicy.invalid(
                                "\"%s\" must be an object or an array".formatted(name));
                    }
                });
        return new Fields(fields, alternatives);
    }
}
