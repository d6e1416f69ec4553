package io.millrace.stateslanguage.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.scope.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class StateEvaluatorTests {

    private static final String TASK =
            "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::sqs:sendMessage.waitForTaskToken\", \"End\": true";

    private final StateEvaluator evaluator = new StateEvaluator(Surroundings.environment());

    private static State state(String fields) {
        return new DefinitionParser()
                .parse("{\"StartAt\": \"S\", \"States\": {\"S\": {%s}}}".formatted(fields))
                .orThrow()
                .graph()
                .start();
    }

    private static Scope scope(String input) {
        return new Scope(json(input), JsonNodeFactory.instance.objectNode(), Map.of());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void limitsAreGivenOrFound() {
        var given = (State.Task) state(TASK + ", \"TimeoutSeconds\": 30, \"HeartbeatSeconds\": 5");
        assertThat(evaluator.limits(given, scope("{}")))
                .isEqualTo(
                        new Limits(
                                Optional.of(Duration.ofSeconds(30)),
                                Optional.of(Duration.ofSeconds(5))));
        var found = (State.Task) state(TASK + ", \"TimeoutSecondsPath\": \"$.t\"");
        assertThat(evaluator.limits(found, scope("{\"t\": 9}")).timeout())
                .contains(Duration.ofSeconds(9));
    }

    @Test
    void credentialsAreATemplate() {
        var task = (State.Task) state(TASK + ", \"Credentials\": {\"RoleArn.$\": \"$.role\"}");
        assertThat(evaluator.credentials(task, scope("{\"role\": \"r\"}")))
                .contains(json("{\"RoleArn\": \"r\"}"));
    }

    @Test
    void theInspectorSeesTheDataBetweenTheSteps() {
        var seen = new LinkedHashMap<String, JsonNode>();
        var pass =
                (State.Pass)
                        state(
                                "\"Type\": \"Pass\", \"InputPath\": \"$.a\", \"Parameters\": {\"x.$\": \"$.b\"}, \"ResultPath\": \"$.r\", \"End\": true");
        evaluator
                .inspectedBy((stage, value) -> seen.put(stage.text(), value))
                .pass(pass, scope("{\"a\": {\"b\": 1}}"));
        assertThat(seen)
                .containsExactly(
                        Map.entry("afterInputPath", json("{\"b\": 1}")),
                        Map.entry("afterParameters", json("{\"x\": 1}")),
                        Map.entry("afterResultSelector", json("{\"x\": 1}")),
                        Map.entry(
                                "afterResultPath", json("{\"a\": {\"b\": 1}, \"r\": {\"x\": 1}}")));
    }

    @Test
    void theInputStaysAsItWas() {
        var input = json("{\"list\": [{\"a\": 1}]}");
        var pass =
                (State.Pass)
                        state(
                                "\"Type\": \"Pass\", \"Result\": 2, \"ResultPath\": \"$.list[0].a\", \"End\": true");
        var output =
                evaluator
                        .pass(
                                pass,
                                new Scope(input, JsonNodeFactory.instance.objectNode(), Map.of()))
                        .output();
        assertThat(output).isEqualTo(json("{\"list\": [{\"a\": 2}]}"));
        assertThat(input).isEqualTo(json("{\"list\": [{\"a\": 1}]}"));
    }

    @Test
    void aFailureTellsTheStateTheEventAndTheField() {
        var task =
                (State.Task)
                        state(
                                TASK
                                        + ", \"QueryLanguage\": \"JSONata\", \"Arguments\": {\"FunctionName\": \"{% $doesNotExist %}\"}");
        var failure =
                catchThrowableOfType(
                        EvaluationFailure.class, () -> evaluator.enter(task, scope("{}")));
        assertThat(failure.location()).contains("Arguments/FunctionName");
        assertThat(failure.inState("State0", 2))
                .isEqualTo(
                        StateError.of(
                                "States.QueryEvaluationError",
                                "An error occurred while executing the state 'State0' (entered at the event id #2). The JSONata expression '$doesNotExist' specified for the field 'Arguments/FunctionName' returned nothing (undefined)."));
    }
}
