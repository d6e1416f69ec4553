package io.millrace.cloudresources;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What references of a template can mean: its parameters, its resources, AWS's own. */
final class Scope {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]+)}");
    private static final String ACCOUNT = "000000000000";
    private static final String REGION = "us-east-1";

    private final Map<String, String> parameters;
    private final Map<String, Map<String, Object>> resources = new LinkedHashMap<>();

    Scope(Map<String, String> parameters) {
        this.parameters = new HashMap<>(parameters);
        this.parameters.putIfAbsent("AWS::AccountId", ACCOUNT);
        this.parameters.putIfAbsent("AWS::Region", REGION);
        this.parameters.putIfAbsent("AWS::Partition", "aws");
    }

    void declare(Map<String, Object> declared, Map<String, Object> definitions) {
        declared.forEach((name, declaration) -> {
            var byDefault = ResourceTemplate.map(declaration, "Parameters." + name).get("Default");
            if (byDefault != null) {
                parameters.putIfAbsent(name, byDefault.toString());
            } else if (!parameters.containsKey(name)) {
                throw new IllegalArgumentException(
                        "the template's parameter %s has no default: give it a value"
                                .formatted(name));
            }
        });
        definitions.forEach((id, definition) ->
                resources.put(id, ResourceTemplate.map(definition, "Resources." + id)));
    }

    /** The value with every function in it replaced by what it stands for. */
    Object resolve(Object value) {
        return switch (value) {
            case Map<?, ?> map when map.size() == 1 && map.containsKey("Ref") ->
                    reference(String.valueOf(map.get("Ref")));
            case Map<?, ?> map when map.size() == 1 && map.get("Fn::Sub") instanceof String text ->
                    substitute(text);
            case Map<?, ?> map when map.size() == 1 && map.containsKey("Fn::GetAtt") ->
                    attribute(map.get("Fn::GetAtt"));
            case Map<?, ?> map -> {
                var resolved = new LinkedHashMap<String, Object>();
                map.forEach((key, each) -> resolved.put(functionless(key), resolve(each)));
                yield resolved;
            }
            case List<?> list -> list.stream().map(this::resolve).toList();
            default -> value;
        };
    }

    /** Logical ids that a definition depends on, by reference or by {@code DependsOn}. */
    static List<String> references(Object value) {
        var found = new ArrayList<String>();
        switch (value) {
            case Map<?, ?> map ->
                    map.forEach((key, each) -> {
                        switch (String.valueOf(key)) {
                            case "Ref", "DependsOn" -> found.addAll(strings(each));
                            case "Fn::GetAtt" -> found.add(strings(each).getFirst());
                            case "Fn::Sub" -> variables(strings(each).getFirst(), found);
                            default -> found.addAll(references(each));
                        }
                    });
            case List<?> list -> list.forEach(each -> found.addAll(references(each)));
            default -> {}
        }
        return found;
    }

    private static void variables(String text, List<String> found) {
        VARIABLE.matcher(text)
                .results()
                .forEach(match -> found.add(match.group(2).split("\\.", 2)[0]));
    }

    private static List<String> strings(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    private static String functionless(Object key) {
        var name = String.valueOf(key);
        if (name.startsWith("Fn::")) {
            throw new IllegalArgumentException(
                    "%s is not understood here: use Ref, Fn::GetAtt or Fn::Sub with a text"
                            .formatted(name));
        }
        return name;
    }

    private String reference(String name) {
        var parameter = parameters.get(name);
        if (parameter != null) {
            return parameter;
        }
        // What Ref gives differs by type: "Return values" on each type's page of the User Guide.
        return switch (type(name)) {
            case "AWS::SQS::Queue" ->
                    "https://sqs.%s.amazonaws.com/%s/%s"
                            .formatted(
                                    parameters.get("AWS::Region"),
                                    parameters.get("AWS::AccountId"),
                                    physicalName(name));
            case "AWS::SNS::Topic" -> arn(name);
            default -> physicalName(name);
        };
    }

    private String substitute(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> {
                    var name = match.group(2);
                    var value =
                            !match.group(1).isEmpty()
                                    ? "${" + name + "}"
                                    : name.contains(".")
                                            ? attribute(List.of(name.split("\\.", 2)))
                                            : reference(name);
                    return Matcher.quoteReplacement(value);
                });
    }

    private String attribute(Object argument) {
        var parts =
                argument instanceof String text ? List.of(text.split("\\.", 2)) : strings(argument);
        var id = parts.getFirst();
        return switch (parts.getLast()) {
            case "Arn", "TopicArn" -> arn(id);
            case "QueueName", "TopicName" -> physicalName(id);
            default ->
                    throw new IllegalArgumentException(
                            "Fn::GetAtt %s is not understood here".formatted(parts));
        };
    }

    private String arn(String id) {
        var name = physicalName(id);
        var place = parameters.get("AWS::Region") + ":" + parameters.get("AWS::AccountId");
        var aws = "arn:" + parameters.get("AWS::Partition");
        return switch (type(id)) {
            case "AWS::SQS::Queue" -> aws + ":sqs:" + place + ":" + name;
            case "AWS::SNS::Topic" -> aws + ":sns:" + place + ":" + name;
            case "AWS::DynamoDB::Table" -> aws + ":dynamodb:" + place + ":table/" + name;
            case "AWS::S3::Bucket" -> aws + ":s3:::" + name;
            case String type ->
                    throw new IllegalArgumentException(
                            "%s (%s) has no ARN here".formatted(id, type));
        };
    }

    private String physicalName(String id) {
        var definition = definition(id);
        var properties = ResourceTemplate.map(definition.getOrDefault("Properties", Map.of()), id);
        var named = new HashMap<String, Object>();
        // Only the texts at the top: a name never refers to another resource that refers back.
        properties.forEach((key, value) -> {
            if (key.endsWith("Name")) {
                named.put(key, resolve(value));
            }
        });
        return Resource.physicalName(id, type(id), named);
    }

    private String type(String id) {
        return String.valueOf(definition(id).get("Type"));
    }

    private Map<String, Object> definition(String id) {
        var definition = resources.get(id);
        if (definition == null) {
            throw new IllegalArgumentException(
                    "the template refers to %s, which it does not declare".formatted(id));
        }
        return definition;
    }
}
