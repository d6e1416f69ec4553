package io.millrace.stateslanguage.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.path.InvalidExpression;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A compiled JSONata expression and the field that it stands in. */
public final class JsonataExpression {

    private static final String OPEN = "{%";
    private static final String CLOSE = "%}";

    private final String text;
    private final String location;
    private final Jsonata compiled;

    private JsonataExpression(String text, String location, Jsonata compiled) {
        this.text = text;
        this.location = location;
        this.compiled = compiled;
    }

    /** Whether a string of a definition is an expression: <code>{% … %}</code>, whole. */
    public static boolean isExpression(String string) {
        return string.startsWith(OPEN)
                && string.endsWith(CLOSE)
                && string.length() >= OPEN.length() + CLOSE.length();
    }

    /**
     * The expression that a string of a definition holds.
     *
     * @param location the field within its state, such as {@code Output/total}
     * @throws InvalidExpression if the string is no expression, or its syntax is wrong
     */
    public static JsonataExpression parse(String string, String location) {
        if (!isExpression(string)) {
            throw InvalidExpression.of(string, "a JSONata expression stands between {% and %}");
        }
        var text = string.substring(OPEN.length(), string.length() - CLOSE.length()).strip();
        return new JsonataExpression(text, location, compile(text));
    }

    private static Jsonata compile(String text) {
        try {
            var compiled = Jsonata.jsonata(text);
            if (compiled.getErrors() != null && !compiled.getErrors().isEmpty()) {
                throw InvalidExpression.of(
                        text, String.valueOf(compiled.getErrors().getFirst().getMessage()));
            }
            compiled.setValidateInput(false);
            compiled.setOutputConvertNulls(false);
            return compiled;
        } catch (InvalidExpression e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // The library's parser throws what it happens to trip over, not its own error only.
            throw InvalidExpression.of(text, String.valueOf(e.getMessage()));
        }
    }

    /** The expression without its brackets. */
    public String text() {
        return text;
    }

    /** The field within its state, such as {@code Output/total}. */
    public String location() {
        return location;
    }

    /**
     * The value of the expression.
     *
     * @throws EvaluationFailure States.QueryEvaluationError if it has none
     */
    public JsonNode evaluate(Scope scope, Environment environment) {
        return evaluateOn(Optional.empty(), scope, environment)
                .orElseThrow(() -> failure("returned nothing (undefined)."));
    }

    /**
     * The value of the expression, if it has one, where {@code $} and its fields are of that input:
     * Step Functions gives none, the language's own test suite does.
     */
    Optional<JsonNode> evaluateOn(Optional<JsonNode> input, Scope scope, Environment environment) {
        var result = run(input.map(Values::toValue).orElse(null), scope, environment);
        return Optional.ofNullable(result)
                .map(value ->
                        Values.toTree(value)
                                .orElseThrow(
                                        () -> failure("returned an unsupported result type.")));
    }

    /**
     * The value of the expression, which must be of a type.
     *
     * @throws EvaluationFailure States.QueryEvaluationError if it has none, or one of another type
     */
    public JsonNode evaluate(Scope scope, Environment environment, ResultType expected) {
        var value = evaluate(scope, environment);
        if (!expected.includes(value)) {
            throw failure(
                    "returned an unexpected result type. Expected '%s', but was '%s' for value: %s"
                            .formatted(expected.text(), ResultType.nameOf(value), value));
        }
        return value;
    }

    private @Nullable Object run(@Nullable Object input, Scope scope, Environment environment) {
        var frame = compiled.createFrame();
        Runaway.endIn(frame);
        Bindings.bind(frame, scope, environment);
        try {
            return compiled.evaluate(input, frame);
        } catch (RuntimeException | StackOverflowError e) {
            // The library lets a ClassCastException and its like out for wrong arguments.
            throw switch (innermost(e)) {
                case JException known ->
                        thrown(known.getError(), String.valueOf(known.getMessage()));
                case Throwable other ->
                        failure("threw an error during evaluation. " + reason(other));
            };
        }
    }

    private static Throwable innermost(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : String.valueOf(cause.getMessage());
    }

    private EvaluationFailure thrown(@Nullable String code, String given) {
        var message = given.replaceFirst("^JSONataException ", "");
        var prefix = code == null || message.startsWith(code) ? "" : code + ": ";
        return failure("threw an error during evaluation. " + prefix + message);
    }

    private EvaluationFailure failure(String what) {
        return EvaluationFailure.query(
                "The JSONata expression '%s' specified for the field '%s' %s"
                        .formatted(text, location, what),
                Optional.of(location));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonataExpression expression
                && expression.text.equals(text)
                && expression.location.equals(location);
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + location.hashCode();
    }

    @Override
    public String toString() {
        return OPEN + " " + text + " " + CLOSE;
    }
}
