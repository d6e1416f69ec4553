package io.millrace.stateslanguage.intrinsic;

import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Evaluates a call: first its arguments, in order, then the function. */
final class IntrinsicCalls {

    private IntrinsicCalls() {}

    static JsonNode evaluate(Expression.Call call, Scope scope, Environment environment) {
        try {
            return apply(call.function(), arguments(call, scope, environment), environment);
        } catch (Refusal refusal) {
            throw EvaluationFailure.intrinsic(
                    "The function '%s' had the following error: %s"
                            .formatted(call.text(), refusal.getMessage()));
        }
    }

    private static Arguments arguments(Expression.Call call, Scope scope, Environment environment) {
        var values = new ArrayList<JsonNode>(call.arguments().size());
        for (var argument : call.arguments()) {
            values.add(
                    switch (argument) {
                        case Expression.Lookup(var path) ->
                                path.find(scope).orElseThrow(() -> missing(path.text(), scope));
                        case Expression.Literal literal -> literal.value();
                        case Expression.Call inner -> evaluate(inner, scope, environment);
                    });
        }
        return new Arguments(List.copyOf(values));
    }

    private static Refusal missing(String path, Scope scope) {
        return Refusal.of(
                "The JsonPath argument for the field '%s' could not be found in the input '%s'"
                        .formatted(path, scope.input()));
    }

    private static JsonNode apply(
            IntrinsicFunction function, Arguments arguments, Environment environment) {
        return switch (function) {
            case ARRAY -> ArrayFunctions.array(arguments);
            case ARRAY_PARTITION -> ArrayFunctions.partition(arguments);
            case ARRAY_CONTAINS -> ArrayFunctions.contains(arguments);
            case ARRAY_RANGE -> ArrayFunctions.range(arguments);
            case ARRAY_GET_ITEM -> ArrayFunctions.item(arguments);
            case ARRAY_LENGTH -> ArrayFunctions.length(arguments);
            case ARRAY_UNIQUE -> ArrayFunctions.unique(arguments);
            case BASE64_ENCODE -> StringFunctions.encode(arguments);
            case BASE64_DECODE -> StringFunctions.decode(arguments);
            case HASH -> StringFunctions.hash(arguments);
            case STRING_SPLIT -> StringFunctions.split(arguments);
            case FORMAT -> StringFunctions.format(arguments);
            case UUID -> StringFunctions.uuid(environment.ids());
            case JSON_MERGE -> JsonFunctions.merge(arguments);
            case STRING_TO_JSON -> JsonFunctions.parse(arguments);
            case JSON_TO_STRING -> JsonFunctions.write(arguments);
            case MATH_RANDOM -> MathFunctions.random(arguments, environment.random());
            case MATH_ADD -> MathFunctions.add(arguments);
        };
    }
}
