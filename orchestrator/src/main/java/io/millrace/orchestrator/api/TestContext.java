package io.millrace.orchestrator.api;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The context object that a caller of TestState gives. */
final class TestContext {

    private static final JsonMapper JSON = JsonMapper.shared();

    private enum Type {
        STRING("a string"),
        NUMBER("a number"),
        OBJECT("an object"),
        ANY("");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        boolean fits(JsonNode value) {
            return switch (this) {
                case STRING -> value.isString();
                case NUMBER -> value.isNumber();
                case OBJECT -> value.isObject();
                case ANY -> true;
            };
        }
    }

    /** What the parts of a context object hold (Developer Guide, "Context object"). */
    private static final Map<String, Map<String, Type>> PARTS =
            Map.of(
                    "Execution",
                    Map.of(
                            "Id", Type.STRING,
                            "Input", Type.ANY,
                            "Name", Type.STRING,
                            "RoleArn", Type.STRING,
                            "StartTime", Type.STRING,
                            "RedriveCount", Type.NUMBER,
                            "RedriveTime", Type.STRING),
                    "State",
                    Map.of(
                            "EnteredTime", Type.STRING,
                            "Name", Type.STRING,
                            "RetryCount", Type.NUMBER),
                    "StateMachine",
                    Map.of("Id", Type.STRING, "Name", Type.STRING),
                    "Task",
                    Map.of("Token", Type.STRING),
                    "Map",
                    Map.of("Item", Type.OBJECT));

    private static final Map<String, Type> ITEM =
            Map.of(
                    "Index", Type.NUMBER,
                    "Value", Type.ANY,
                    "Key", Type.STRING,
                    "Source", Type.STRING);

    private TestContext() {}

    /**
     * @param answeredLater whether the state is a task that waits for more than its call's answer
     */
    static JsonNode read(String text, boolean answeredLater) {
        var context = parse(text);
        for (var part : context.properties()) {
            var fields =
                    Optional.ofNullable(PARTS.get(part.getKey()))
                            .orElseThrow(() -> notAllowed(part.getKey()));
            check(part.getKey(), part.getValue(), fields);
        }
        if (context.path("Map").has("Item")) {
            check("Map.Item", context.path("Map").path("Item"), ITEM);
        }
        if (context.has("Task") && !answeredLater) {
            throw invalid(
                    "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern");
        }
        return context;
    }

    private static JsonNode parse(String text) {
        try {
            var context = JSON.readTree(text);
            if (context.isObject()) {
                return context;
            }
        } catch (JacksonException e) {
            throw invalid("it is not JSON: " + e.getOriginalMessage());
        }
        throw invalid("Context object must be an object");
    }

    private static void check(String name, JsonNode part, Map<String, Type> fields) {
        if (!part.isObject()) {
            throw invalid("%s must be an object".formatted(name));
        }
        for (var field : part.properties()) {
            var type = fields.get(field.getKey());
            if (type == null) {
                throw notAllowed(field.getKey());
            }
            if (!type.fits(field.getValue())) {
                throw invalid("%s.%s must be %s".formatted(name, field.getKey(), type.text));
            }
        }
    }

    private static ApiError notAllowed(String field) {
        return invalid("Field '%s' is not allowed".formatted(field));
    }

    private static ApiError invalid(String reason) {
        return ApiError.validation("Invalid Context object provided: " + reason);
    }
}
