package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds states by their name, which is unique in a state machine, however deep they lie. */
final class StateFinder {

    private StateFinder() {}

    static Optional<ParsedState.Valid> find(StateGraph graph, String name) {
        return all(graph, false).filter(found -> found.state().name().equals(name)).findFirst();
    }

    private static Stream<ParsedState.Valid> all(StateGraph graph, boolean inMap) {
        return graph.states().values().stream()
                .flatMap(state ->
                        Stream.concat(
                                Stream.of(new ParsedState.Valid(state, inMap)),
                                switch (state) {
                                    case State.Parallel parallel ->
                                            parallel.branches().stream()
                                                    .flatMap(branch -> all(branch, inMap));
                                    case State.MapState map ->
                                            all(map.iteration().processor(), true);
                                    case State.Task _,
                                            State.Pass _,
                                            State.Choice _,
                                            State.Wait _,
                                            State.Succeed _,
                                            State.Fail _ ->
                                            Stream.empty();
                                }));
    }
}
