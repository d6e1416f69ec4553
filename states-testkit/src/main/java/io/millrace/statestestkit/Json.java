package io.millrace.statestestkit;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** JSON as tests write it: texts are read, everything else is converted. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** 1 and 1.0 are the same number; 1 and "1" are not the same value. */
    private static final Comparator<JsonNode> BY_VALUE =
            (one, other) ->
                    one.isNumber() && other.isNumber()
                            ? one.decimalValue().compareTo(other.decimalValue())
                            : one.equals(other) ? 0 : 1;

    private Json() {}

    /**
     * @param what whose JSON it is, for the message
     */
    static JsonNode of(@Nullable Object value, String what) {
        return switch (value) {
            case null -> JsonNodeFactory.instance.nullNode();
            case JsonNode node -> node;
            case String text -> read(text, what);
            // As text and back: numbers and dates are then what they would be on the wire.
            default -> MAPPER.readTree(MAPPER.writeValueAsString(value));
        };
    }

    private static JsonNode read(String text, String what) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "%s is no JSON: %s. A String is read as JSON text; for the string itself write \"\\\"%s\\\"\" or StringNode.valueOf(\"%s\")"
                            .formatted(what, e.getOriginalMessage(), text, text),
                    e);
        }
    }

    static boolean equal(JsonNode one, JsonNode other) {
        return one.equals(BY_VALUE, other);
    }
}
