package io.millrace.stateslanguage.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

class JsonataExpressionTests {

    @Test
    void oneExpressionServesManyThreadsWithTheirOwnData() throws Exception {
        var expression =
                JsonataExpression.parse(
                        "{% $sum($map([1..20], function($i) { $i * $n })) %}", "Output");
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int n = 0; n < 200; n++) {
            int factor = n;
            tasks.add(() -> {
                var number = JsonNodeFactory.instance.numberNode(factor);
                var scope = new Scope(number, number, Map.of("n", number));
                var sum = expression.evaluate(scope, Environment.system());
                return sum.asInt() == 210 * factor;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ($f := function($x) { 1 + $f($x) }; $f(1)) | More than 500 levels deep
                    ($f := function($x) { $f($x + 1) }; $f(1)) | More than 10000000 steps
                    """)
    void expressionsThatNeverEndAreEnded(String text, String reason) {
        var expression = JsonataExpression.parse("{% " + text + " %}", "Output");
        var nothing = JsonNodeFactory.instance.nullNode();
        assertThat(
                        catchThrowable(() ->
                                expression.evaluate(
                                        new Scope(nothing, nothing, Map.of()),
                                        Environment.system())))
                .hasMessageContaining("threw an error during evaluation. " + reason);
    }
}
