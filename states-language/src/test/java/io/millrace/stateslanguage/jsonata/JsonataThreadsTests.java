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
import tools.jackson.databind.node.JsonNodeFactory;

class JsonataThreadsTests {

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

    @Test
    void expressionsThatNeverEndAreEnded() {
        var expression =
                JsonataExpression.parse(
                        "{% ($f := function($x) { 1 + $f($x) }; $f(1)) %}", "Output");
        var nothing = JsonNodeFactory.instance.nullNode();
        assertThat(
                        catchThrowable(() ->
                                expression.evaluate(
                                        new Scope(nothing, nothing, Map.of()),
                                        Environment.system())))
                .hasMessageContaining("threw an error during evaluation");
    }
}
