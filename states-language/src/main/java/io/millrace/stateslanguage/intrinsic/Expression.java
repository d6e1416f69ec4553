package io.millrace.stateslanguage.intrinsic;

import io.millrace.stateslanguage.path.InvalidExpression;
import io.millrace.stateslanguage.path.Path;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What may stand in a field whose name ends in {@code .$}: a path or an intrinsic function. */
public sealed interface Expression {

    /** The expression as the definition writes it. */
    String text();

    /** A path. */
    record Lookup(Path path) implements Expression {
        @Override
        public String text() {
            return path.text();
        }
    }

    /** A literal argument of a function. */
    record Literal(String text, JsonNode value) implements Expression {}

    /** A call of an intrinsic function. */
    record Call(String text, IntrinsicFunction function, List<Expression> arguments)
            implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * The expression that a text gives.
     *
     * @throws InvalidExpression if it is neither a path nor a call of a known function
     */
    static Expression parse(String text) {
        return text.startsWith("$")
                ? new Lookup(Path.parse(text))
                : new IntrinsicParser(text).parse();
    }

    /**
     * The value of the expression.
     *
     * @throws io.millrace.stateslanguage.error.EvaluationFailure States.Runtime if a path leads
     *     nowhere, States.IntrinsicFailure if a function refuses its arguments
     */
    default JsonNode evaluate(Scope scope, Environment environment) {
        return switch (this) {
            case Lookup(var path) -> path.read(scope);
            case Literal(_, var value) -> value;
            case Call call -> IntrinsicCalls.evaluate(call, scope, environment);
        };
    }
}
