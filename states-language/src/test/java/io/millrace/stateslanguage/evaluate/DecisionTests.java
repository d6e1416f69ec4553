package io.millrace.stateslanguage.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an inspector hears of the ways that states choose. */
class DecisionTests {

    private static final Map<String, State> STATES =
            new DefinitionParser()
                    .parse(
                            """
                            {"StartAt": "Which", "States": {
                              "Which": {"Type": "Choice", "Default": "Do", "Choices": [
                                {"Variable": "$", "NumericLessThan": 0, "Next": "Do"},
                                {"Variable": "$", "NumericGreaterThan": 9, "Next": "Do"}]},
                              "Do": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                                "Retry": [{"ErrorEquals": ["A"]}, {"ErrorEquals": ["B"], "MaxAttempts": 1}],
                                "Catch": [{"ErrorEquals": ["C"], "Next": "Done"}, {"ErrorEquals": ["States.ALL"], "Next": "Done"}]},
                              "Done": {"Type": "Succeed"}}}
                            """)
                    .orThrow()
                    .graph()
                    .states();

    private final List<Decision> decided = new ArrayList<>();
    private final StateEvaluator evaluator =
            new StateEvaluator(Environment.system())
                    .inspectedBy(
                            new Inspector() {
                                @Override
                                public void saw(Stage stage, JsonNode value) {}

                                @Override
                                public void decided(Decision decision) {
                                    decided.add(decision);
                                }
                            });

    @Test
    void rulesThatLeadToTheSameStateAreToldApart() {
        List.of("10", "-1", "5").forEach(this::choose);

        assertThat(decided)
                .containsExactly(
                        new Decision.Rule("Which", 1),
                        new Decision.Rule("Which", 0),
                        new Decision.Default("Which"));
    }

    @Test
    void aRetrierThatIsUsedUpDecidesNothing() {
        var first = (Retry.Again) evaluator.retry(task(), error("B"), List.of());
        evaluator.retry(task(), error("B"), first.attempts());

        assertThat(decided).containsExactly(new Decision.Retried("Do", 1));
    }

    @Test
    void theFirstCatcherThatNamesTheErrorDecides() {
        evaluator.catchError(task(), scope("{}"), error("C"));
        evaluator.catchError(task(), scope("{}"), error("D"));

        assertThat(decided)
                .containsExactly(new Decision.Caught("Do", 0), new Decision.Caught("Do", 1));
    }

    @Test
    void allThatAStateCanDecideIsKnown() {
        assertThat(Decision.of(STATES.get("Which"))).hasSize(3);
        assertThat(Decision.of(task())).hasSize(4);
        assertThat(Decision.of(STATES.get("Done"))).isEmpty();
    }

    private void choose(String input) {
        evaluator.choose((State.Choice) STATES.get("Which"), scope(input));
    }

    private static State task() {
        return STATES.get("Do");
    }

    private static StateError error(String name) {
        return StateError.of(name, "");
    }

    private static Scope scope(String input) {
        var json = JsonMapper.shared();
        return new Scope(json.readTree(input), json.createObjectNode(), Map.of());
    }
}
