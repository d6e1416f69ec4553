package io.millrace.orchestrator.integration;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a task's parameters. */
final class Parameters {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Parameters() {}

    static Optional<String> text(JsonNode parameters, String name) {
        return Optional.ofNullable(parameters.get(name))
                .filter(v -> !v.isNull())
                .map(Parameters::asText);
    }

    static String required(JsonNode parameters, String name) {
        return text(parameters, name)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "The field '%s' is required but was missing".formatted(name)));
    }

    /** Text as it is; anything else as JSON text, as Step Functions sends it. */
    static String asText(JsonNode value) {
        return value.isString() ? value.stringValue() : JSON.writeValueAsString(value);
    }

    static Optional<Integer> number(JsonNode parameters, String name) {
        return Optional.ofNullable(parameters.get(name))
                .filter(JsonNode::isNumber)
                .map(JsonNode::intValue);
    }

    /** An attribute of a message. */
    record Attribute(String dataType, Optional<String> text, Optional<byte[]> bytes) {}

    static Map<String, Attribute> attributes(JsonNode parameters) {
        var attributes = new LinkedHashMap<String, Attribute>();
        var given = parameters.get("MessageAttributes");
        if (given != null && given.isObject()) {
            given.forEachEntry((name, value) ->
                    attributes.put(
                            name,
                            new Attribute(
                                    text(value, "DataType").orElse("String"),
                                    text(value, "StringValue"),
                                    text(value, "BinaryValue").map(Base64.getDecoder()::decode))));
        }
        return attributes;
    }

    /** The attributes and the trace, if there is room for it: SQS takes ten. */
    static Map<String, Attribute> traced(JsonNode parameters, Optional<String> trace) {
        var attributes = attributes(parameters);
        if (attributes.size() < 10) {
            trace.ifPresent(value ->
                    attributes.putIfAbsent(
                            "traceparent",
                            new Attribute("String", Optional.of(value), Optional.empty())));
        }
        return attributes;
    }
}
