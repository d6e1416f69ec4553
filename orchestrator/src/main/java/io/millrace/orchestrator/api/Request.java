package io.millrace.orchestrator.api;

import io.millrace.events.TraceParent;
import io.millrace.events.TracingHeader;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Bounds;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.JobOf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operation's arguments. */
final class Request {

    /** API reference, CreateStateMachine and StartExecution, "name". */
    private static final Pattern NAME =
            Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");

    private static final JsonMapper STRICT =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final JsonNode arguments;
    private final Arns arns;
    private final Optional<String> trace;
    private final Optional<JobOf> task;

    /**
     * @param trace the caller's W3C traceparent
     */
    Request(JsonNode arguments, Arns arns, Optional<String> trace) {
        this(arguments, arns, trace, Optional.empty());
    }

    /**
     * @param task whose request it is, if it is one's
     */
    Request(JsonNode arguments, Arns arns, Optional<String> trace, Optional<JobOf> task) {
        this.task = task;
        this.arguments = arguments;
        this.arns = arns;
        this.trace = trace;
    }

    Optional<JobOf> task() {
        return task;
    }

    /** The trace that an execution is to belong to: that of its traceHeader, or the caller's. */
    Optional<String> trace() {
        return text("traceHeader")
                .flatMap(TracingHeader::traceparent)
                .map(TraceParent::value)
                .or(() -> trace);
    }

    Optional<String> text(String name) {
        var value = arguments.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw ApiError.serialization("The field '%s' is to be a string".formatted(name));
        }
        return Optional.of(value.stringValue());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> constraint(name, "null", "Member must not be null"));
    }

    boolean flag(String name, boolean otherwise) {
        var value = arguments.get(name);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw ApiError.serialization("The field '%s' is to be true or false".formatted(name));
        }
        return value.booleanValue();
    }

    /** A whole number from 0 to the given one. */
    Optional<Integer> whole(String name, int most) {
        return number(name, most, JsonNode::isIntegralNumber).map(JsonNode::intValue);
    }

    /** A number from 0 to the given one. */
    Optional<Double> decimal(String name, int most) {
        return number(name, most, JsonNode::isNumber).map(JsonNode::doubleValue);
    }

    private Optional<JsonNode> number(String name, int most, Predicate<JsonNode> kind) {
        var value = arguments.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!kind.test(value)) {
            throw ApiError.serialization("The field '%s' is to be a number".formatted(name));
        }
        if (value.doubleValue() < 0 || value.doubleValue() > most) {
            throw constraint(
                    name,
                    value.toString(),
                    "Member must have value between 0 and %d".formatted(most));
        }
        return Optional.of(value);
    }

    Optional<JsonNode> object(String name) {
        var value = arguments.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw ApiError.serialization("The field '%s' is to be an object".formatted(name));
        }
        return Optional.of(value);
    }

    Optional<JsonNode> array(String name) {
        var value = arguments.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isArray()) {
            throw ApiError.serialization("The field '%s' is to be a list".formatted(name));
        }
        return Optional.of(value);
    }

    /** API reference: descriptions have at most 256 characters. */
    static void checkDescription(String description) {
        if (description.length() > 256) {
            throw constraint(
                    "description",
                    description,
                    "Member must have length less than or equal to 256");
        }
    }

    /** A text that is one of these. */
    Optional<String> oneOf(String name, Set<String> values) {
        var text = text(name);
        if (text.filter(value -> !values.contains(value)).isPresent()) {
            throw constraint(
                    name, text.get(), "Member must satisfy enum value set: " + List.copyOf(values));
        }
        return text;
    }

    /** How many results are wanted. */
    int maxResults(int most) {
        var value = arguments.get("maxResults");
        if (value == null || value.isNull() || value.intValue() == 0) {
            return Math.min(100, most);
        }
        if (!value.isIntegralNumber() || value.intValue() < 0 || value.intValue() > most) {
            throw constraint(
                    "maxResults",
                    value.toString(),
                    "Member must have value less than or equal to " + most);
        }
        return value.intValue();
    }

    String name(String field) {
        return validName(required(field));
    }

    static String validName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ApiError.invalidName(name);
        }
        return name;
    }

    /** The name in the state machine's ARN. */
    String stateMachine(String field) {
        var arn = required(field);
        return arns.stateMachineName(arn).orElseThrow(() -> ApiError.invalidArn(arn));
    }

    ExecutionId execution() {
        var arn = required("executionArn");
        if (arns.isExpress(arn)) {
            throw ApiError.invalidArnType("express");
        }
        return arns.executionId(arn).orElseThrow(() -> ApiError.invalidArn(arn));
    }

    /** A field that holds JSON as text, not more than AWS takes. */
    Datum json(String field, String otherwise, Function<String, ApiError> invalid) {
        return json(field, otherwise, Bounds.AWS_PAYLOAD, invalid);
    }

    /**
     * A field that holds JSON as text.
     *
     * @param most how many bytes at most
     */
    Datum json(String field, String otherwise, int most, Function<String, ApiError> invalid) {
        var text = text(field).orElse(otherwise);
        if (text.getBytes(StandardCharsets.UTF_8).length > most) {
            throw constraint(
                    field,
                    text.substring(0, 32) + "...",
                    "Member must have length less than or equal to " + most);
        }
        try {
            return Datum.of(STRICT.readTree(text));
        } catch (JacksonException e) {
            throw invalid.apply(e.getOriginalMessage());
        }
    }

    static ApiError constraint(String field, String value, String rule) {
        return ApiError.validation(
                "1 validation error detected: Value %s at '%s' failed to satisfy constraint: %s"
                        .formatted(value.equals("null") ? value : "'" + value + "'", field, rule));
    }
}
