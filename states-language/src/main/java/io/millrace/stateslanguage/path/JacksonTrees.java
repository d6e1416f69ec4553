package io.millrace.stateslanguage.path;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.spi.json.Jackson3JsonNodeJsonProvider;
import com.jayway.jsonpath.spi.json.JsonProvider;
import com.jayway.jsonpath.spi.mapper.Jackson3MappingProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Lets the JSONPath library read Jackson trees, and hand out the very nodes that it finds. */
final class JacksonTrees {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    static final Configuration CONFIGURATION =
            Configuration.builder()
                    .jsonProvider(new KeepsNodes())
                    .mappingProvider(new Jackson3MappingProvider(MAPPER))
                    .build();

    private JacksonTrees() {}

    /** A result as a tree: functions such as length() give Java numbers. */
    static JsonNode node(@Nullable Object result) {
        return switch (result) {
            case null -> JsonNodeFactory.instance.nullNode();
            case JsonNode node -> node;
            default -> MAPPER.valueToTree(result);
        };
    }

    /** The library's own provider turns scalars into Java values on the way out. */
    private static final class KeepsNodes extends Jackson3JsonNodeJsonProvider {

        KeepsNodes() {
            super(MAPPER);
        }

        @Override
        public Object getMapValue(Object object, String key) {
            var value = ((JsonNode) object).get(key);
            return value == null ? JsonProvider.UNDEFINED : value;
        }
    }
}
