package io.millrace.stateslanguage.template;

import io.millrace.stateslanguage.intrinsic.Expression;
import io.millrace.stateslanguage.jsonata.JsonataExpression;
import io.millrace.stateslanguage.path.InvalidExpression;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Compiles payload templates of either query language, and tells all that is wrong with one. */
public final class TemplateCompiler {

    /** Hears of each place in a template that is wrong. */
    @FunctionalInterface
    public interface Complaints {

        /**
         * @param location below the state, such as {@code /Parameters/a.$}
         */
        void about(String location, String why);
    }

    private static final String SUFFIX = ".$";

    private final Complaints complaints;

    public TemplateCompiler(Complaints complaints) {
        this.complaints = complaints;
    }

    /** JSONPath: a member whose name ends in {@code .$} holds a path or an intrinsic function. */
    public Template jsonPath(JsonNode value, String location) {
        return switch (value) {
            case ObjectNode object -> {
                var members = new ArrayList<Template.Member>();
                object.properties()
                        .forEach(e -> {
                            checkTwin(e.getKey(), object, location);
                            members.add(member(e.getKey(), e.getValue(), location));
                        });
                yield objectOf(members, object);
            }
            case ArrayNode array -> {
                var elements = new ArrayList<Template>();
                for (int i = 0; i < array.size(); i++) {
                    elements.add(jsonPath(array.get(i), location + "[" + i + "]"));
                }
                yield arrayOf(elements, array);
            }
            default -> new Template.Constant(value);
        };
    }

    /** No two members may have the same name in the result (ASL, "Payload Template"). */
    private void checkTwin(String name, ObjectNode object, String location) {
        if (object.has(name + SUFFIX)) {
            complaints.about(
                    location + "/" + name,
                    "The fields '%s' and '%s' cannot be used together"
                            .formatted(name, name + SUFFIX));
        }
    }

    private Template.Member member(String name, JsonNode value, String location) {
        var here = location + "/" + name;
        if (!name.endsWith(SUFFIX)) {
            return new Template.Member(name, jsonPath(value, here));
        }
        var plain = name.substring(0, name.length() - SUFFIX.length());
        if (!value.isString()) {
            complaints.about(here, mustBePath(name));
            return new Template.Member(plain, new Template.Constant(value));
        }
        try {
            var expression = Expression.parse(value.stringValue());
            return new Template.Member(plain, new Template.Evaluated(name, expression));
        } catch (InvalidExpression e) {
            complaints.about(here, mustBePath(name));
            return new Template.Member(plain, new Template.Constant(value));
        }
    }

    private static String mustBePath(String name) {
        return "The value for the field '%s' must be a valid JSONPath or a valid intrinsic function call"
                .formatted(name);
    }

    /**
     * JSONata: a string that stands between <code>{%</code> and <code>%}</code> is an expression.
     */
    public Template jsonata(JsonNode value, String location) {
        return switch (value) {
            case ObjectNode object -> {
                var members = new ArrayList<Template.Member>();
                object.properties()
                        .forEach(e ->
                                members.add(
                                        new Template.Member(
                                                e.getKey(),
                                                jsonata(
                                                        e.getValue(),
                                                        location + "/" + e.getKey()))));
                yield objectOf(members, object);
            }
            case ArrayNode array -> {
                var elements = new ArrayList<Template>();
                for (int i = 0; i < array.size(); i++) {
                    elements.add(jsonata(array.get(i), location + "[" + i + "]"));
                }
                yield arrayOf(elements, array);
            }
            case JsonNode text
                    when text.isString() && JsonataExpression.isExpression(text.stringValue()) ->
                    computed(text, location);
            default -> new Template.Constant(value);
        };
    }

    private Template computed(JsonNode text, String location) {
        try {
            return new Template.Computed(
                    JsonataExpression.parse(text.stringValue(), location.substring(1)));
        } catch (InvalidExpression e) {
            complaints.about(location, String.valueOf(e.getMessage()));
            return new Template.Constant(text);
        }
    }

    /** What holds no expression stays one constant, so that filling it in costs nothing. */
    private static Template objectOf(List<Template.Member> members, ObjectNode source) {
        var plain = JsonNodeFactory.instance.objectNode();
        for (var member : members) {
            if (!(member.value() instanceof Template.Constant(var constant))) {
                return new Template.ObjectOf(members);
            }
            plain.set(member.name(), constant);
        }
        return new Template.Constant(source.size() == plain.size() ? plain : source);
    }

    private static Template arrayOf(List<Template> elements, ArrayNode source) {
        return elements.stream().allMatch(Template.Constant.class::isInstance)
                ? new Template.Constant(source)
                : new Template.ArrayOf(elements);
    }
}
