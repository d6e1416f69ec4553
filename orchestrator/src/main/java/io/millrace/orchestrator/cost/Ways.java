package io.millrace.orchestrator.cost;

import io.millrace.orchestrator.cost.Way.Leg;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the way through each graph with the fewest, or the most, state transitions. No state fails.
 * On the longest way a loop goes round as often as assumed, through all of its states.
 */
final class Ways {

    private final boolean longest;
    private final Assumptions assumptions;
    private final IdentityHashMap<StateGraph, Optional<Way>> found = new IdentityHashMap<>();

    Ways(boolean longest, Assumptions assumptions) {
        this.longest = longest;
        this.assumptions = assumptions;
    }

    /** Empty if the graph does not end unless a state fails. */
    Optional<Way> through(StateGraph graph) {
        var known = found.get(graph);
        if (known == null) {
            known = find(graph);
            found.put(graph, known);
        }
        return known;
    }

    /** The rest of a way, from a group of states to an end. */
    private record Rest(double transitions, List<State> leg, int times, Optional<Rest> then) {}

    private Optional<Way> find(StateGraph graph) {
        var best = new HashMap<String, Rest>();
        for (var group : Graph.groups(graph).reversed()) {
            if (longest) {
                best(group, best)
                        .ifPresent(rest -> group.forEach(state -> best.put(state.name(), rest)));
            } else {
                // No way out of a loop gets shorter after as many rounds as it has states.
                for (var round = 0; round < group.size(); round++) {
                    group.reversed()
                            .forEach(state ->
                                    best(List.of(state), best)
                                            .ifPresent(rest -> best.put(state.name(), rest)));
                }
            }
        }
        return Optional.ofNullable(best.get(graph.startAt())).map(Ways::way);
    }

    private Optional<Rest> best(List<State> group, Map<String, Rest> best) {
        var then =
                group.stream()
                        .flatMap(state -> Graph.next(state).stream())
                        .flatMap(name -> Optional.ofNullable(best.get(name)).stream())
                        .max(Comparator.comparingDouble(this::goodness));
        if (then.isEmpty() && group.stream().noneMatch(Graph::ends)) {
            return Optional.empty();
        }
        var loops = longest && (group.size() > 1 || Graph.leadsToItself(group.getFirst()));
        var times = loops ? Math.max(1, assumptions.items()) : 1;
        var own = times * group.stream().mapToDouble(this::transitions).sum();
        return Optional.of(
                new Rest(own + then.map(Rest::transitions).orElse(0.0), group, times, then));
    }

    private double goodness(Rest rest) {
        return longest ? rest.transitions() : -rest.transitions();
    }

    private static Way way(Rest start) {
        var legs = new ArrayList<Leg>();
        for (var rest = Optional.of(start); rest.isPresent(); rest = rest.get().then()) {
            legs.add(new Leg(rest.get().leg(), rest.get().times()));
        }
        return new Way(legs);
    }

    private double transitions(State state) {
        return switch (state) {
            case State.Parallel parallel ->
                    1 + parallel.branches().stream().mapToDouble(this::transitions).sum();
            case State.MapState map ->
                    1 + assumptions.items() * transitions(map.iteration().processor());
            case State.Task _, State.Pass _, State.Choice _, State.Wait _ -> 1;
            case State.Succeed _, State.Fail _ -> 1;
        };
    }

    private double transitions(StateGraph graph) {
        return through(graph).stream()
                .flatMap(way -> way.legs().stream())
                .mapToDouble(leg ->
                        leg.times() * leg.states().stream().mapToDouble(this::transitions).sum())
                .sum();
    }
}
