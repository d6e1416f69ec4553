package io.millrace.stateslanguage.intrinsic;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The functions on JSON. */
final class JsonFunctions {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private JsonFunctions() {}

    /** Members of the second object win. AWS offers no deep merge, and says so. */
    static JsonNode merge(Arguments arguments) {
        if (arguments.bool(2)) {
            throw Refusal.of(
                    "States.JsonMerge has no deep merge; the third argument must be false");
        }
        var merged = NODES.objectNode();
        merged.setAll(arguments.object(0));
        merged.setAll(arguments.object(1));
        return merged;
    }

    /** A blank text is null, as with AWS. */
    static JsonNode parse(Arguments arguments) {
        var text = arguments.string(0);
        if (text.isBlank()) {
            return NODES.nullNode();
        }
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw Refusal.of("The argument is not JSON: " + e.getOriginalMessage());
        }
    }

    static JsonNode write(Arguments arguments) {
        return NODES.stringNode(arguments.any(0).toString());
    }
}
