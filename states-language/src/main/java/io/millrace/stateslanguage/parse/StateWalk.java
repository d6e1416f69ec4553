package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import java.util.function.BiConsumer;

/** Visits every state of a definition, those within a state after it. */
final class StateWalk {

    private StateWalk() {}

    /**
     * @param visitor is told of each state with its location
     */
    static void each(StateGraph graph, BiConsumer<String, State> visitor) {
        each("", graph, visitor);
    }

    /** Where the graph of a Map state's iterations is. */
    static String processor(String location, State.MapState map) {
        return location + (map.iteration().legacy() ? "/Iterator" : "/ItemProcessor");
    }

    private static void each(String at, StateGraph graph, BiConsumer<String, State> visitor) {
        graph.states().forEach((name, state) -> each(at + "/States/" + name, state, visitor));
    }

    private static void each(String at, State state, BiConsumer<String, State> visitor) {
        visitor.accept(at, state);
        switch (state) {
            case State.Parallel parallel -> {
                for (var i = 0; i < parallel.branches().size(); i++) {
                    each("%s/Branches[%d]".formatted(at, i), parallel.branches().get(i), visitor);
                }
            }
            case State.MapState map ->
                    each(processor(at, map), map.iteration().processor(), visitor);
            case State.Task _, State.Pass _, State.Choice _, State.Wait _ -> {}
            case State.Succeed _, State.Fail _ -> {}
        }
    }
}
