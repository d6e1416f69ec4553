package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.teststate.AnswerShapes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import tools.jackson.databind.JsonNode;

/** Compares answers with the AWS SDK's own models; a service whose model is not here takes any. */
final class SdkAnswerShapes implements AnswerShapes {

    /** Services that the SDK calls otherwise. */
    private static final Map<String, String> MODELS =
            Map.of("states", "sfn", "events", "eventbridge");

    private static final String PREFIX = "Mock result schema validation error: ";

    @Override
    public Optional<String> problem(String resource, JsonNode answer, boolean strict) {
        return TaskResource.parse(resource)
                .flatMap(SdkAnswerShapes::model)
                .flatMap(model ->
                        answer.isObject()
                                ? fields(model.sdkFields(), answer, strict).map(PREFIX::concat)
                                : Optional.of("Mock result must be a valid JSON object"));
    }

    private static Optional<SdkPojo> model(TaskResource resource) {
        return switch (resource) {
            // What a function answers is its own.
            case TaskResource.Service service when service.service().equals("lambda") ->
                    Optional.empty();
            case TaskResource.Service service ->
                    model(service.service().replaceFirst("^aws-sdk:", ""), service.action());
            case TaskResource.Function _, TaskResource.Activity _ -> Optional.empty();
        };
    }

    private static Optional<SdkPojo> model(String service, String action) {
        var name =
                "software.amazon.awssdk.services.%s.model.%s%sResponse"
                        .formatted(
                                MODELS.getOrDefault(service, service),
                                action.substring(0, 1).toUpperCase(Locale.ROOT),
                                action.substring(1));
        try {
            return Optional.of((SdkPojo) Class.forName(name).getMethod("builder").invoke(null));
        } catch (ReflectiveOperationException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> fields(
            List<SdkField<?>> fields, JsonNode value, boolean strict) {
        var byName =
                fields.stream()
                        .collect(Collectors.toMap(SdkAnswerShapes::name, Function.identity()));
        var missing =
                fields.stream()
                        .filter(field -> strict && field.containsTrait(RequiredTrait.class))
                        .map(SdkField::memberName)
                        .filter(name ->
                                value.propertyNames().stream().noneMatch(name::equalsIgnoreCase))
                        .map(name -> "Required field '%s' is missing".formatted(capitalised(name)));
        // What the model does not know may be newer than it is.
        var wrong =
                value.properties().stream()
                        .flatMap(entry ->
                                Optional.ofNullable(byName.get(lower(entry.getKey())))
                                        .flatMap(field ->
                                                value(
                                                        field,
                                                        entry.getKey(),
                                                        entry.getValue(),
                                                        strict))
                                        .stream());
        return Stream.concat(missing, wrong).findFirst();
    }

    private static String name(SdkField<?> field) {
        return lower(field.memberName());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static Optional<String> value(
            SdkField<?> field, String name, JsonNode value, boolean strict) {
        var type = field.marshallingType();
        if (type.equals(MarshallingType.SDK_POJO)) {
            return value.isObject()
                    ? fields(field.constructor().get().sdkFields(), value, strict)
                    : mustBe(name, "an object");
        }
        if (type.equals(MarshallingType.LIST)) {
            return value.isArray()
                    ? each(field.getTrait(ListTrait.class).memberFieldInfo(), name, value, strict)
                    : mustBe(name, "an array");
        }
        if (type.equals(MarshallingType.MAP)) {
            return value.isObject()
                    ? each(field.getTrait(MapTrait.class).valueFieldInfo(), name, value, strict)
                    : mustBe(name, "an object");
        }
        if (type.equals(MarshallingType.DOCUMENT)) {
            return Optional.empty();
        }
        if (type.equals(MarshallingType.BOOLEAN)) {
            return value.isBoolean() ? Optional.empty() : mustBe(name, "a boolean");
        }
        if (type.equals(MarshallingType.STRING)
                || type.equals(MarshallingType.INSTANT)
                || type.equals(MarshallingType.SDK_BYTES)) {
            return value.isString() ? Optional.empty() : mustBe(name, "a string");
        }
        return value.isNumber() ? Optional.empty() : mustBe(name, "a number");
    }

    private static Optional<String> each(
            SdkField<?> field, String name, JsonNode values, boolean strict) {
        return values.valueStream()
                .flatMap(value -> value(field, name, value, strict).stream())
                .findFirst();
    }

    private static Optional<String> mustBe(String name, String type) {
        return Optional.of("Field '%s' must be %s".formatted(name, type));
    }
}
