package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.jsonata.JsonataExpression;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks what AWS holds of the strings of a JSONata state when a definition is created (Step
 * Functions developer guide, "Transforming data with JSONata").
 *
 * @param type the state's
 * @param stateLocation where the state stands
 */
record JsonataStrings(String type, String stateLocation, Problems problems) {

    private static final Set<String> HAVE_RESULTS = Set.of("Task", "Parallel", "Map");
    private static final Pattern RESULT_FIELD = Pattern.compile("/(Output|Assign)\\b.*");
    private static final Pattern ERROR_FIELD =
            Pattern.compile("/Catch\\[\\d+]/(Output|Assign)\\b.*");

    /** Text within an expression that is no expression. */
    private static final Pattern QUOTED =
            Pattern.compile(
                    "\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|`[^`]*+`|/\\*.*?\\*/",
                    Pattern.DOTALL);

    private static final Pattern RESERVED =
            Pattern.compile("\\$states\\s*\\.\\s*(result|errorOutput)\\b");

    /** Tells what is wrong with the strings of a value, however deep they lie. */
    void check(JsonNode value, String location) {
        switch (value) {
            case ObjectNode object ->
                    object.properties()
                            .forEach(e -> check(e.getValue(), location + "/" + e.getKey()));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    check(array.get(i), location + "[" + i + "]");
                }
            }
            case JsonNode text when text.isString() -> check(text.stringValue(), location);
            default -> {}
        }
    }

    private void check(String text, String location) {
        if (JsonataExpression.isExpression(text)) {
            checkReserved(text, location);
        } else if (text.startsWith("{%") || text.endsWith("%}")) {
            problems.schema(
                    location, "A JSONata expression must start with '{%' and end with '%}'");
        }
    }

    private void checkReserved(String text, String location) {
        var below = location.substring(stateLocation.length());
        var references = RESERVED.matcher(QUOTED.matcher(text).replaceAll("''"));
        while (references.find()) {
            if (!isAccessible(references.group(1), below)) {
                problems.schema(
                        location,
                        "'$states.%s' cannot be accessed in this field"
                                .formatted(references.group(1)));
            }
        }
    }

    private boolean isAccessible(String name, String below) {
        return name.equals("result")
                ? HAVE_RESULTS.contains(type) && RESULT_FIELD.matcher(below).matches()
                : ERROR_FIELD.matcher(below).matches();
    }
}
