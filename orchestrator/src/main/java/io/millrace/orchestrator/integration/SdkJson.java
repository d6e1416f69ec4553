package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.integration.UnsuitableParameters.Problems;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The AWS SDK's own models as JSON and back, with the names that Step Functions gives their members
 * (developer guide, "Learning to use AWS service SDK integrations").
 */
final class SdkJson {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SdkJson() {}

    /** A member's name: as the API has it, with a capital. */
    static String name(SdkField<?> field) {
        // The SDK's own name for DynamoDB's NULL.
        var name = field.memberName().equals("NUL") ? "NULL" : field.memberName();
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    // ---- parameters

    /**
     * Builds a model of JSON.
     *
     * @param builder the model's builder
     */
    static Object read(SdkPojo builder, JsonNode parameters, Problems problems) {
        var fields = new LinkedHashMap<String, SdkField<?>>();
        builder.sdkFields().forEach(field -> fields.put(name(field), field));
        parameters.forEachEntry((name, value) -> {
            var field = fields.get(name);
            if (field == null) {
                problems.unsupported(name);
            } else if (!value.isNull()) {
                field.set(builder, value(field, value, problems));
            }
        });
        fields.forEach((name, field) -> {
            if (field.containsTrait(RequiredTrait.class) && !parameters.has(name)) {
                problems.missing(name);
            }
        });
        return ((Buildable) builder).build();
    }

    private static @Nullable Object value(SdkField<?> field, JsonNode value, Problems problems) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO ->
                    value.isObject()
                            ? read(field.constructor().get(), value, problems)
                            : problems.mustBe(name(field), "an object");
            case LIST -> list(field, value, problems);
            case MAP -> map(field, value, problems);
            case STRING -> Parameters.asText(value);
            case BOOLEAN ->
                    value.isBoolean()
                            ? value.booleanValue()
                            : problems.mustBe(name(field), "a boolean");
            case INSTANT -> time(field, value, problems);
            case SDK_BYTES -> bytes(field, value, problems);
            case SHORT -> number(field, value, problems, value.shortValue((short) 0));
            case INTEGER -> number(field, value, problems, value.intValue(0));
            case LONG -> number(field, value, problems, value.longValue(0));
            case FLOAT -> number(field, value, problems, value.floatValue(0));
            case DOUBLE -> number(field, value, problems, value.doubleValue(0));
            case BIG_DECIMAL ->
                    value.isNumber()
                            ? value.decimalValue()
                            : problems.mustBe(name(field), "a number");
            case NULL, BYTE, DOCUMENT -> problems.unsupported(name(field));
        };
    }

    private static @Nullable Object number(
            SdkField<?> field, JsonNode value, Problems problems, Number number) {
        return value.isNumber() ? number : problems.mustBe(name(field), "a number");
    }

    private static @Nullable Object list(SdkField<?> field, JsonNode value, Problems problems) {
        if (!value.isArray()) {
            return problems.mustBe(name(field), "an array");
        }
        var member = field.getTrait(ListTrait.class).memberFieldInfo();
        var list = new ArrayList<@Nullable Object>();
        value.forEach(each -> list.add(value(member, each, problems)));
        return list;
    }

    private static @Nullable Object map(SdkField<?> field, JsonNode value, Problems problems) {
        if (!value.isObject()) {
            return problems.mustBe(name(field), "an object");
        }
        var member = field.getTrait(MapTrait.class).valueFieldInfo();
        var map = new LinkedHashMap<String, @Nullable Object>();
        value.forEachEntry((key, each) -> map.put(key, value(member, each, problems)));
        return map;
    }

    private static @Nullable Object time(SdkField<?> field, JsonNode value, Problems problems) {
        try {
            return value.isNumber()
                    ? Instant.ofEpochSecond(value.longValue())
                    : Instant.parse(value.asString());
        } catch (DateTimeException _) {
            return problems.mustBe(name(field), "a timestamp");
        }
    }

    /** What makes up a request's body is JSON; bytes within one are Base64, as in the API. */
    private static @Nullable Object bytes(SdkField<?> field, JsonNode value, Problems problems) {
        if (field.containsTrait(PayloadTrait.class)) {
            return SdkBytes.fromUtf8String(JSON.writeValueAsString(value));
        }
        try {
            return SdkBytes.fromByteArray(Base64.getDecoder().decode(value.asString("?")));
        } catch (IllegalArgumentException _) {
            return problems.mustBe(name(field), "Base64");
        }
    }

    // ---- answers

    /** The members that a model has. */
    static ObjectNode write(SdkPojo model) {
        var object = NODES.objectNode();
        for (var field : model.sdkFields()) {
            var value = field.getValueOrDefault(model);
            if (value != null
                    && !(value instanceof SdkAutoConstructList)
                    && !(value instanceof SdkAutoConstructMap)) {
                object.set(name(field), json(field, value));
            }
        }
        return object;
    }

    private static JsonNode json(SdkField<?> field, Object value) {
        return switch (value) {
            case SdkPojo model -> write(model);
            case List<?> list -> {
                var array = NODES.arrayNode();
                var member = field.getTrait(ListTrait.class).memberFieldInfo();
                list.forEach(each -> array.add(json(member, each)));
                yield array;
            }
            case Map<?, ?> map -> {
                var object = NODES.objectNode();
                var member = field.getTrait(MapTrait.class).valueFieldInfo();
                map.forEach((key, each) -> object.set(String.valueOf(key), json(member, each)));
                yield object;
            }
            case SdkBytes bytes ->
                    NODES.stringNode(
                            field.containsTrait(PayloadTrait.class)
                                    ? text(bytes)
                                    : Base64.getEncoder().encodeToString(bytes.asByteArray()));
            case Instant time -> NODES.stringNode(time.toString());
            case String text -> NODES.stringNode(text);
            case Boolean flag -> NODES.booleanNode(flag);
            default -> JSON.valueToTree(value);
        };
    }

    /** Bytes as the text that they are; what is no text, as Base64. */
    static String text(SdkBytes bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.asByteArray()))
                    .toString();
        } catch (CharacterCodingException _) {
            return Base64.getEncoder().encodeToString(bytes.asByteArray());
        }
    }
}
