package io.millrace.orchestrator.cost;

import io.millrace.stateslanguage.model.StateMachineDefinition;
import java.util.Optional;

/** What an execution takes at least and at most, unless a state fails. */
public record Prediction(Run shortest, Run longest) {

    /**
     * An execution.
     *
     * @param way the names of the states that it goes through, of the outermost graph
     */
    public record Run(String way, Usage usage) {}

    /** Empty if no execution ends unless a state fails. */
    public static Optional<Prediction> of(
            StateMachineDefinition definition, Assumptions assumptions) {
        return run(definition, new Ways(false, assumptions), assumptions)
                .flatMap(shortest ->
                        run(definition, new Ways(true, assumptions), assumptions)
                                .map(longest -> new Prediction(shortest, longest)));
    }

    private static Optional<Run> run(
            StateMachineDefinition definition, Ways ways, Assumptions assumptions) {
        var graph = definition.graph();
        return ways.through(graph)
                .map(way -> new Run(way.text(), new Walk(ways, assumptions).execution(graph)));
    }
}
