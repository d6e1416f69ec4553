package io.millrace.orchestrator.cost;

import io.millrace.stateslanguage.model.State;
import java.util.List;
import java.util.stream.Collectors;

/** A way through a graph, from its start to an end. */
record Way(List<Leg> legs) {

    /** States that come one after the other, so many times. */
    record Leg(List<State> states, int times) {

        private String text() {
            var names = states.stream().map(State::name).collect(Collectors.joining(", "));
            return times == 1 ? names : "(%s) × %d".formatted(names, times);
        }
    }

    String text() {
        return legs.stream().map(Leg::text).collect(Collectors.joining(" → "));
    }
}
