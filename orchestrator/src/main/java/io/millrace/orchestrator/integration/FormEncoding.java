package io.millrace.orchestrator.integration;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * JSON as a form (developer guide, "Call HTTPS APIs in Step Functions workflows", "Applying
 * URL-encoding on request body").
 */
enum FormEncoding {
    /** {@code array[0]=a&array[1]=b}. */
    INDICES,
    /** {@code array=a&array=b}. */
    REPEAT,
    /** {@code array=a,b}. */
    COMMAS,
    /** {@code array[]=a&array[]=b}. */
    BRACKETS;

    private record Field(String name, String value) {
        String text() {
            return encoded(name) + "=" + encoded(value);
        }
    }

    String encode(JsonNode body) {
        var fields = new ArrayList<Field>();
        body.forEachEntry((name, value) -> add(name, value, fields));
        return fields.stream().map(Field::text).collect(Collectors.joining("&"));
    }

    private void add(String name, JsonNode value, List<Field> fields) {
        if (value.isObject()) {
            value.forEachEntry((key, each) -> add("%s[%s]".formatted(name, key), each, fields));
        } else if (!value.isArray()) {
            fields.add(new Field(name, Parameters.asText(value)));
        } else if (this == COMMAS) {
            fields.add(
                    new Field(
                            name,
                            value.valueStream()
                                    .map(Parameters::asText)
                                    .collect(Collectors.joining(","))));
        } else {
            for (var i = 0; i < value.size(); i++) {
                add(element(name, i), value.get(i), fields);
            }
        }
    }

    private String element(String name, int index) {
        return switch (this) {
            case INDICES -> "%s[%d]".formatted(name, index);
            case BRACKETS -> name + "[]";
            case REPEAT, COMMAS -> name;
        };
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
