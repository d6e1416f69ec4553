package io.millrace.stateslanguage.choice;

import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.jsonata.ResultType;
import io.millrace.stateslanguage.path.Path;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tells whether conditions hold. */
public final class ConditionEvaluator {

    private final Environment environment;

    public ConditionEvaluator(Environment environment) {
        this.environment = environment;
    }

    /**
     * Whether the condition holds. Values of the wrong type make a comparison false.
     *
     * @throws EvaluationFailure if a variable is missing that is compared, or an expression is no
     *     boolean
     */
    public boolean holds(Condition condition, Scope scope) {
        return switch (condition) {
            case Condition.And(var all) -> all.stream().allMatch(one -> holds(one, scope));
            case Condition.Or(var any) -> any.stream().anyMatch(one -> holds(one, scope));
            case Condition.Not(var other) -> !holds(other, scope);
            case Condition.Is(var variable, var kind, var expected) ->
                    is(variable, kind, scope) == expected;
            case Condition.Compare(var variable, var comparison, var to) ->
                    compare(comparison, value(variable, scope), to);
            case Condition.CompareTo(var variable, var comparison, var to) ->
                    compare(comparison, value(variable, scope), value(to, scope));
            case Condition.Holds(var expression) ->
                    expression.evaluate(scope, environment, ResultType.BOOLEAN).booleanValue();
        };
    }

    private static boolean is(Path variable, Kind kind, Scope scope) {
        if (kind == Kind.PRESENT) {
            return variable.find(scope).isPresent();
        }
        var value = value(variable, scope);
        return switch (kind) {
            case PRESENT -> true;
            case NULL -> value.isNull();
            case BOOLEAN -> value.isBoolean();
            case NUMERIC -> value.isNumber();
            case STRING -> value.isString();
            case TIMESTAMP -> timestamp(value).isPresent();
        };
    }

    private static JsonNode value(Path path, Scope scope) {
        return path.find(scope)
                .orElseThrow(() ->
                        EvaluationFailure.runtime(
                                ("Invalid path '%s': The choice state's condition path"
                                                + " references an invalid value.")
                                        .formatted(path.text())));
    }

    private static boolean compare(Comparison comparison, JsonNode left, JsonNode right) {
        return switch (comparison.type()) {
            case STRING ->
                    left.isString()
                            && right.isString()
                            && text(comparison, left.stringValue(), right.stringValue());
            case NUMERIC ->
                    left.isNumber()
                            && right.isNumber()
                            && related(
                                    comparison.relation(),
                                    left.decimalValue().compareTo(right.decimalValue()));
            case BOOLEAN ->
                    left.isBoolean()
                            && right.isBoolean()
                            && left.booleanValue() == right.booleanValue();
            case TIMESTAMP -> {
                var a = timestamp(left);
                var b = timestamp(right);
                yield a.isPresent()
                        && b.isPresent()
                        && related(
                                comparison.relation(),
                                a.get().toInstant().compareTo(b.get().toInstant()));
            }
        };
    }

    private static boolean text(Comparison comparison, String left, String right) {
        return comparison.relation() == Comparison.Relation.MATCHES
                ? new Wildcards(right).match(left)
                : related(comparison.relation(), left.compareTo(right));
    }

    private static boolean related(Comparison.Relation relation, int order) {
        return switch (relation) {
            case EQUALS -> order == 0;
            case LESS_THAN -> order < 0;
            case GREATER_THAN -> order > 0;
            case LESS_THAN_EQUALS -> order <= 0;
            case GREATER_THAN_EQUALS -> order >= 0;
            case MATCHES -> throw new IllegalArgumentException("Only strings match a pattern");
        };
    }

    private static Optional<OffsetDateTime> timestamp(JsonNode value) {
        if (!value.isString()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(value.stringValue()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
