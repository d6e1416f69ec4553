package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.intrinsic.Expression;
import io.millrace.stateslanguage.intrinsic.IntrinsicFunction;
import io.millrace.stateslanguage.jsonata.JsonataExpression;
import io.millrace.stateslanguage.model.QueryLanguage;
import io.millrace.stateslanguage.model.Setting;
import io.millrace.stateslanguage.path.InvalidExpression;
import io.millrace.stateslanguage.path.Path;
import io.millrace.stateslanguage.path.ReferencePath;
import io.millrace.stateslanguage.template.Template;
import io.millrace.stateslanguage.template.TemplateCompiler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;

/**
 * Compiles the expressions in one state's fields.
 *
 * @param strings what is held of the strings of a JSONata state
 * @param stateLocation where the state stands: expressions are located below it
 */
record Expressions(
        QueryLanguage language, JsonataStrings strings, String stateLocation, Problems problems) {

    /** What ErrorPath and CausePath may call (developer guide, "Fail workflow state"). */
    private static final Set<IntrinsicFunction> GIVE_STRINGS =
            Set.of(
                    IntrinsicFunction.FORMAT,
                    IntrinsicFunction.JSON_TO_STRING,
                    IntrinsicFunction.ARRAY_GET_ITEM,
                    IntrinsicFunction.BASE64_ENCODE,
                    IntrinsicFunction.BASE64_DECODE,
                    IntrinsicFunction.HASH,
                    IntrinsicFunction.UUID);

    static Expressions of(QueryLanguage language, Fields state) {
        var type =
                state.any("Type").filter(JsonNode::isString).map(JsonNode::stringValue).orElse("");
        return new Expressions(
                language,
                new JsonataStrings(type, state.location(), state.problems()),
                state.location(),
                state.problems());
    }

    boolean isJsonPath() {
        return language == QueryLanguage.JSON_PATH;
    }

    /** A path, or null for none of the data; absent, all of it. */
    Optional<Path> path(Fields fields, String name) {
        if (fields.any(name).filter(JsonNode::isNull).isPresent()) {
            return Optional.empty();
        }
        return fields.string(name)
                .map(text -> compilePath(fields, name, text))
                .orElse(Optional.of(Path.ROOT));
    }

    Optional<Path> compilePath(Fields fields, String name, String text) {
        try {
            return Optional.of(Path.parse(text));
        } catch (InvalidExpression e) {
            problems.schema(fields.at(name), "Value is not a valid JSONPath: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A reference path, or null to discard; absent, the whole. */
    Optional<ReferencePath> referencePath(Fields fields, String name) {
        if (fields.any(name).filter(JsonNode::isNull).isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    fields.string(name).map(ReferencePath::parse).orElse(ReferencePath.ROOT));
        } catch (InvalidExpression e) {
            problems.schema(fields.at(name), "Value is not a Reference Path: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A payload template, which in JSONPath must be JSON of any kind. */
    Optional<Template> template(Fields fields, String name) {
        return fields.any(name).map(value -> compile(value, fields.at(name)));
    }

    private Template compile(JsonNode value, String location) {
        if (!isJsonPath()) {
            strings.check(value, location);
        }
        var compiler =
                new TemplateCompiler((where, why) -> problems.schema(stateLocation + where, why));
        var below = location.substring(stateLocation.length());
        return isJsonPath() ? compiler.jsonPath(value, below) : compiler.jsonata(value, below);
    }

    /** The template of variables: an object whose member names are theirs. */
    Optional<Template> assign(Fields fields) {
        return fields.object("Assign")
                .map(variables -> {
                    Variables.checkNames(variables, language);
                    return compile(variables.object(), variables.location());
                });
    }

    /** What a JSON value of a field must be, and how that is called. */
    record Wanted(String type, BiPredicate<Fields, String> check) {

        static final Wanted TEXT =
                new Wanted("String", (fields, name) -> fields.string(name).isPresent());

        static Wanted integer(long least, long most) {
            return new Wanted(
                    "Integer", (fields, name) -> fields.integer(name, least, most).isPresent());
        }

        static Wanted number(long least, long most) {
            return new Wanted(
                    "Number", (fields, name) -> fields.number(name, least, most).isPresent());
        }
    }

    /** A field that may be given, found by its twin in Path, or computed. */
    Optional<Setting> setting(Fields fields, String name, Wanted wanted) {
        var twin = name + "Path";
        if (isJsonPath() && fields.has(name) && fields.has(twin)) {
            problems.schema(
                    fields.location(),
                    "Only one of these fields may be used: " + List.of(name, twin));
        }
        if (isJsonPath() && fields.has(twin)) {
            return fields.string(twin).flatMap(text -> found(fields, twin, text));
        }
        if (!isJsonPath()) {
            var computed = computed(fields, name);
            if (computed.isPresent()) {
                return computed.map(Setting.Computed::new);
            }
        }
        if (!fields.has(name) || !wanted.check().test(fields, name)) {
            return Optional.empty();
        }
        return fields.any(name).map(Setting.Given::new);
    }

    private Optional<Setting> found(Fields fields, String name, String text) {
        // ErrorPath and CausePath alone may hold an intrinsic function.
        boolean givesText = name.equals("ErrorPath") || name.equals("CausePath");
        try {
            var expression = Expression.parse(text);
            if (givesText ? isText(expression) : isReference(expression)) {
                return Optional.of(new Setting.Found(expression));
            }
            problems.schema(fields.at(name), "Value is not a Reference Path: '" + text + "'");
        } catch (InvalidExpression e) {
            problems.schema(fields.at(name), "Value is not a Reference Path: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static boolean isText(Expression expression) {
        return switch (expression) {
            case Expression.Call(_, var function, _) -> GIVE_STRINGS.contains(function);
            case Expression.Lookup _, Expression.Literal _ -> true;
        };
    }

    /** These fields cannot refer to the context object (developer guide, "Context object"). */
    private static boolean isReference(Expression expression) {
        return expression instanceof Expression.Lookup(var path)
                && path.isDefinite()
                && !path.isContext();
    }

    /** The JSONata expression that a field holds, if it is one. */
    Optional<JsonataExpression> computed(Fields fields, String name) {
        var given = fields.any(name).filter(JsonNode::isString);
        given.ifPresent(value -> strings.check(value, fields.at(name)));
        var text = given.map(JsonNode::stringValue).filter(JsonataExpression::isExpression);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    JsonataExpression.parse(
                            text.get(), fields.at(name).substring(stateLocation.length() + 1)));
        } catch (InvalidExpression e) {
            problems.schema(fields.at(name), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
