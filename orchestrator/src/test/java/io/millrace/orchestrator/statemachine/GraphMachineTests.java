package io.millrace.orchestrator.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.stateslanguage.parse.DefinitionParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphMachineTests {

    private static final GraphMachine MACHINE =
            GraphMachine.compile(
                    new DefinitionParser()
                            .parse(
                                    """
                                    {"StartAt": "A", "States": {
                                      "A": {"Type": "Pass", "Next": "B"},
                                      "B": {"Type": "Wait", "Seconds": 1, "Next": "C"},
                                      "C": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "A"}], "Default": "D"},
                                      "D": {"Type": "Succeed"}}}
                                    """)
                            .orThrow()
                            .graph());

    private final List<String> seen = new ArrayList<>();

    @Test
    void aWalkGoesFromStateToStateUntilOneStays() {
        walk("A", Map.of("A", new Move.To("B"), "B", new Move.Stay()));

        assertThat(seen).containsExactly("signalled A", "entered B");
    }

    @Test
    void aWalkIsTakenUpWhereAnotherHasEnded() {
        for (var i = 0; i < 3; i++) {
            seen.clear();
            walk(
                    "B",
                    Map.of(
                            "B", new Move.To("C"),
                            "C", new Move.To("D"),
                            "D", new Move.End()));

            assertThat(seen).containsExactly("signalled B", "entered C", "entered D");
        }
    }

    @Test
    void aLongLoopNestsNoCalls() {
        var rounds = new int[1];
        MACHINE.walk(
                "A",
                "go",
                new Behaviour<String>() {
                    @Override
                    public Move entered(String state) {
                        return switch (state) {
                            case "A" -> ++rounds[0] == 3_000 ? new Move.Stay() : new Move.To("B");
                            case "B" -> new Move.To("C");
                            default -> new Move.To("A");
                        };
                    }

                    @Override
                    public Move signalled(String state, String signal) {
                        return new Move.To("B");
                    }
                });

        assertThat(rounds[0]).isEqualTo(3_000);
    }

    @Test
    void whatAStateThrowsReachesTheCaller() {
        assertThatThrownBy(() -> walk("A", Map.of("A", new Move.To("B"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("B does nothing");
    }

    @Test
    void onlyTransitionsOfTheDefinitionCanBeTaken() {
        assertThatThrownBy(() -> walk("A", Map.of("A", new Move.To("D"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No transition");
    }

    private void walk(String from, Map<String, Move> moves) {
        MACHINE.walk(
                from,
                "go",
                new Behaviour<String>() {
                    @Override
                    public Move entered(String state) {
                        seen.add("entered " + state);
                        return move(state);
                    }

                    @Override
                    public Move signalled(String state, String signal) {
                        seen.add("signalled " + state);
                        return move(state);
                    }

                    private Move move(String state) {
                        var move = moves.get(state);
                        if (move == null) {
                            throw new IllegalStateException(state + " does nothing");
                        }
                        return move;
                    }
                });
    }
}
