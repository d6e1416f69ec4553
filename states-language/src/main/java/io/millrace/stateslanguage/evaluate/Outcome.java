package io.millrace.stateslanguage.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a state leaves behind.
 *
 * @param output the next state's input
 * @param assigned the variables that the state sets, by name without {@code $}
 */
public record Outcome(JsonNode output, Map<String, JsonNode> assigned) {
    public Outcome {
        assigned = Collections.unmodifiableMap(new LinkedHashMap<>(assigned));
    }
}
