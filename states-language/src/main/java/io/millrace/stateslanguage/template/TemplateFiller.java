package io.millrace.stateslanguage.template;

import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.intrinsic.Expression;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Fills templates in. */
public final class TemplateFiller {

    private final Environment environment;

    public TemplateFiller(Environment environment) {
        this.environment = environment;
    }

    /**
     * The JSON that a template stands for.
     *
     * @throws EvaluationFailure if an expression in it has no value
     */
    public JsonNode fill(Template template, Scope scope) {
        return switch (template) {
            case Template.Constant(var value) -> value;
            case Template.ObjectOf(var members) -> {
                var object = JsonNodeFactory.instance.objectNode();
                for (var member : members) {
                    object.set(member.name(), fill(member.value(), scope));
                }
                yield object;
            }
            case Template.ArrayOf(var elements) -> {
                var array = JsonNodeFactory.instance.arrayNode(elements.size());
                for (var element : elements) {
                    array.add(fill(element, scope));
                }
                yield array;
            }
            case Template.Evaluated(var field, Expression.Lookup(var path)) ->
                    path.find(scope).orElseThrow(() -> notFound(path.text(), field, scope));
            case Template.Evaluated(_, var expression) -> expression.evaluate(scope, environment);
            case Template.Computed(var expression) -> expression.evaluate(scope, environment);
        };
    }

    private static EvaluationFailure notFound(String path, String field, Scope scope) {
        return EvaluationFailure.runtime(
                "The JSONPath '%s' specified for the field '%s' could not be found in the input '%s'"
                        .formatted(path, field, scope.input()));
    }
}
