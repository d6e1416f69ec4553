package io.millrace.statestestkit;

import static io.millrace.statestestkit.Answer.fails;
import static io.millrace.statestestkit.Answer.returns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What was gone through, and what was not. */
class CoverageTests {

    private final StateMachineTest sizes =
            StateMachineTest.of(
                    "sizes",
                    """
                    {"StartAt": "Size", "States": {
                      "Size": {"Type": "Choice", "Default": "Do", "Choices": [
                        {"Variable": "$", "NumericLessThan": 0, "Next": "Do"},
                        {"Variable": "$", "NumericGreaterThan": 9, "Next": "Big"}]},
                      "Do": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                        "Retry": [{"ErrorEquals": ["Busy"]}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Big"}]},
                      "Big": {"Type": "Succeed"}}}
                    """);

    @Test
    void nothingIsCoveredAtFirst() {
        assertThat(sizes.coverage().statesPercent()).isZero();
        assertThat(sizes.coverage().missedStates()).containsExactly("Size", "Do", "Big");
        assertThat(sizes.coverage().missedBranches())
                .containsExactly(
                        "Size: Choices[0] to Do",
                        "Size: Choices[1] to Big",
                        "Size: Default to Do",
                        "Do: Retry[0] on [Busy]",
                        "Do: Catch[0] on [States.ALL] to Big");
    }

    @Test
    void copiesOfADefinitionCountTogether() {
        sizes.run("10");
        sizes.mock("Do", returns("1")).run("5");

        assertThat(sizes.coverage().statesPercent()).isEqualTo(100);
        assertThat(sizes.coverage().branchesPercent()).isCloseTo(40, within(0.01));
        assertThat(sizes.coverage().missedBranches())
                .containsExactly(
                        "Size: Choices[0] to Do",
                        "Do: Retry[0] on [Busy]",
                        "Do: Catch[0] on [States.ALL] to Big");
    }

    @Test
    void theReportHasALineForEachStateAndBranch() {
        sizes.mock("Do", fails("Busy"), returns("1")).run("5");

        assertThat(sizes.coverage().report().lines())
                .containsExactly(
                        "sizes: 66.7 % of 3 states, 40.0 % of 5 branches",
                        "      1x Size (Choice)",
                        "    MISSED Choices[0] to Do",
                        "    MISSED Choices[1] to Big",
                        "        1x Default to Do",
                        "      1x Do (Task)",
                        "        1x Retry[0] on [Busy]",
                        "    MISSED Catch[0] on [States.ALL] to Big",
                        "  MISSED Big (Succeed)");
    }

    @Test
    void tooLittleFailsWithTheReport() {
        sizes.run("10");

        assertThat(sizes.coverage()).isAtLeast(20).hasStates(66).hasBranches(20);
        assertThatThrownBy(() -> assertThat(sizes.coverage()).isComplete())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expecting 100.0 % of the states to be covered")
                .hasMessageContaining("MISSED Do (Task)");
    }

    @Test
    void anExecutionThatAMockBreaksCountsToo() {
        assertThatThrownBy(() -> sizes.run("5")).hasMessageContaining("nothing answers for it");

        assertThat(sizes.coverage().missedStates()).containsExactly("Big");
    }
}
