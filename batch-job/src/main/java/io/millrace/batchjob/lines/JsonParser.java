package io.millrace.batchjob.lines;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object a line. */
final class JsonParser implements Parser {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    @Override
    public boolean isOpen(String text) {
        return false;
    }

    @Override
    public Parsed parse(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode item
                    ? new Parsed.Item(item)
                    : new Parsed.Malformed("is JSON, but no object");
        } catch (JacksonException e) {
            return new Parsed.Malformed("is no JSON: " + e.getOriginalMessage());
        }
    }

    @Override
    public int overhead() {
        return 0;
    }
}
