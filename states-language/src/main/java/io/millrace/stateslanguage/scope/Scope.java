package io.millrace.stateslanguage.scope;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What an expression can see.
 *
 * @param input {@code $} in JSONPath, {@code $states.input} in JSONata
 * @param context the context object: {@code $$} in JSONPath, {@code $states.context} in JSONata
 * @param variables the variables in scope by name, without their {@code $}
 * @param result {@code $states.result} in JSONata, where the state has one
 * @param errorOutput {@code $states.errorOutput} in JSONata, inside Catch
 */
public record Scope(
        JsonNode input,
        JsonNode context,
        Map<String, JsonNode> variables,
        Optional<JsonNode> result,
        Optional<JsonNode> errorOutput) {

    public Scope {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** What a state sees when it is entered. */
    public Scope(JsonNode input, JsonNode context, Map<String, JsonNode> variables) {
        this(input, context, variables, Optional.empty(), Optional.empty());
    }

    /** The same surroundings around other data. */
    public Scope withInput(JsonNode other) {
        return new Scope(other, context, variables, result, errorOutput);
    }

    /** What a state sees when its work is done. */
    public Scope withResult(JsonNode value) {
        return new Scope(input, context, variables, Optional.of(value), Optional.empty());
    }

    /** What a catcher sees. */
    public Scope withErrorOutput(JsonNode value) {
        return new Scope(input, context, variables, Optional.empty(), Optional.of(value));
    }
}
