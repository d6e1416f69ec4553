package io.millrace.localcloud.provisioning;

import tools.jackson.databind.json.JsonMapper;

/** Templates write as a map what APIs take as a text of JSON. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static String text(Object value) {
        return value instanceof String text ? text : MAPPER.writeValueAsString(value);
    }
}
