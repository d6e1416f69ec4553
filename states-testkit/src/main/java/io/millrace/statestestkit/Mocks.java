package io.millrace.statestestkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Who answers for whom. Never changes. */
record Mocks(
        Map<String, Mock> byState,
        Map<String, Mock> byResource,
        Map<String, Mock> byFunction,
        Map<String, JsonNode> items) {

    static final Mocks NONE = new Mocks(Map.of(), Map.of(), Map.of(), Map.of());

    private static final String INVOKE = "arn:aws:states:::lambda:invoke";
    private static final String WITH_TOKEN = ".waitForTaskToken";
    private static final Pattern FUNCTION = Pattern.compile("(?:.*:function:)?([^:]+)(?::[^:]*)?");

    Mocks {
        byState = Map.copyOf(byState);
        byResource = Map.copyOf(byResource);
        byFunction = Map.copyOf(byFunction);
        items = Map.copyOf(items);
    }

    Mocks state(String state, Mock mock) {
        return new Mocks(with(byState, state, mock), byResource, byFunction, items);
    }

    Mocks resource(String arn, Mock mock) {
        return new Mocks(byState, with(byResource, arn, mock), byFunction, items);
    }

    Mocks function(String name, Mock mock) {
        return new Mocks(byState, byResource, with(byFunction, name, mock), items);
    }

    Mocks items(String mapState, JsonNode all) {
        return new Mocks(byState, byResource, byFunction, with(items, mapState, all));
    }

    private static <V> Map<String, V> with(Map<String, V> known, String name, V value) {
        var all = new LinkedHashMap<>(known);
        all.put(name, value);
        return all;
    }

    /**
     * A mock that was found.
     *
     * @param key what it was found by
     */
    record Found(String key, Mock mock) {}

    /** Whoever answers for a state: named by itself, by its function, or by its resource. */
    Found find(String state, String resource, JsonNode input) {
        var function = function(resource, input);
        return found("state ", state, byState)
                .or(() ->
                        function.flatMap(name -> found("function ", name, byFunction))
                                .map(mock ->
                                        new Found(mock.key(), asFunction(resource, mock.mock()))))
                .or(() -> found("resource ", resource, byResource))
                .orElseThrow(() -> new AssertionError(missing(state, resource, function, input)));
    }

    private static Optional<Found> found(String kind, String name, Map<String, Mock> mocks) {
        return Optional.ofNullable(mocks.get(name)).map(mock -> new Found(kind + name, mock));
    }

    private static Optional<String> function(String resource, JsonNode input) {
        var name =
                resource.startsWith(INVOKE)
                        ? Optional.ofNullable(input.path("FunctionName").asString(null))
                        : Optional.of(resource).filter(arn -> arn.contains(":function:"));
        return name.map(FUNCTION::matcher).filter(Matcher::matches).map(parts -> parts.group(1));
    }

    /** A function sees its payload, and lambda:invoke puts what it returns among other things. */
    private static Mock asFunction(String resource, Mock mock) {
        if (!resource.startsWith(INVOKE)) {
            return mock;
        }
        return call -> {
            var payload = call.input().path("Payload");
            var answer =
                    mock.answer(
                            new TaskCall(
                                    call.execution(),
                                    call.state(),
                                    call.resource(),
                                    payload.isMissingNode()
                                            ? JsonNodeFactory.instance.objectNode()
                                            : payload,
                                    call.token(),
                                    call.number(),
                                    call.attempt(),
                                    call.time()));
            return resource.endsWith(WITH_TOKEN) ? answer : answer.map(Mocks::invoked);
        };
    }

    private static JsonNode invoked(JsonNode payload) {
        var response = JsonNodeFactory.instance.objectNode().put("ExecutedVersion", "$LATEST");
        response.set("Payload", payload);
        return response.put("StatusCode", 200);
    }

    private static String missing(
            String state, String resource, Optional<String> function, JsonNode input) {
        return """
        State '%s' calls %s and nothing answers for it. Say what it answers by one of
          .mock("%s", input -> …)
        %s  .mock("%s", input -> …) for every state with this resource
        It was called with %s\
        """
                .formatted(
                        state,
                        resource,
                        state,
                        function.map("  .mockFunction(\"%s\", input -> …)%n"::formatted).orElse(""),
                        resource,
                        input);
    }
}
