package io.millrace.stateslanguage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.parse.Parsed;
import io.millrace.stateslanguage.parse.Problem;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The example of the README, compiled and run. */
class ReadmeTests {

    // tag::example[]
    String decide(String definition, String order) {
        return switch (new DefinitionParser().parse(definition)) {
            case Parsed.Invalid(var problems) ->
                    problems.stream().map(Problem::text).collect(Collectors.joining("\n"));
            case Parsed.Valid(var machine) -> {
                var evaluator = new StateEvaluator(Environment.system());
                var json = JsonMapper.shared();
                var scope = new Scope(json.readTree(order), json.createObjectNode(), Map.of());
                var choice = (State.Choice) machine.graph().start();
                yield evaluator.choose(choice, scope).next();
            }
        };
    }

    // end::example[]

    private static final String LARGE_ORDERS =
            """
            {"StartAt": "Large?", "States": {
              "Large?": {"Type": "Choice", "Choices": [{"Variable": "$.total", "NumericGreaterThan": 100, "Next": "Ask"}], "Default": "Ship"},
              "Ask": {"Type": "Succeed"}, "Ship": {"Type": "Succeed"}}}
            """;

    @Test
    void theExampleDecides() {
        assertThat(decide(LARGE_ORDERS, "{\"total\": 250}")).isEqualTo("Ask");
        assertThat(decide(LARGE_ORDERS, "{\"total\": 25}")).isEqualTo("Ship");
        assertThat(decide(LARGE_ORDERS.replace("\"Ship\"}", "\"Sink\"}"), "{}"))
                .contains("Missing 'Next' target: Sink at /States/Large?/Default");
        assertThat(decide("{}", "{}"))
                .isEqualTo(
                        "SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /");
    }

    @Test
    void theReadmeShowsThisExample() throws IOException {
        var source =
                Files.readString(
                        Path.of("src/test/java/io/millrace/stateslanguage/ReadmeTests.java"));
        var example =
                source.substring(
                        source.indexOf("// tag::example[]\n") + "// tag::example[]\n".length(),
                        source.indexOf("// end::example[]"));
        assertThat(Files.readString(Path.of("README.md")))
                .contains(example.stripTrailing().stripIndent());
    }
}
