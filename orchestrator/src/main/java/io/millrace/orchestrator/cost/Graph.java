package io.millrace.orchestrator.cost;

import io.millrace.stateslanguage.model.ChoiceRule;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import io.millrace.stateslanguage.model.Transition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Where states lead if nothing fails, and which of them form loops. */
final class Graph {

    private Graph() {}

    /** The states that can come next. */
    static List<String> next(State state) {
        return switch (state) {
            case State.Choice choice ->
                    Stream.concat(
                                    choice.rules().stream().map(ChoiceRule::next),
                                    choice.otherwise().stream())
                            .distinct()
                            .toList();
            case State.Task task -> target(task.then());
            case State.Pass pass -> target(pass.then());
            case State.Wait wait -> target(wait.then());
            case State.Parallel parallel -> target(parallel.then());
            case State.MapState map -> target(map.then());
            case State.Succeed _, State.Fail _ -> List.of();
        };
    }

    private static List<String> target(Transition then) {
        return switch (then) {
            case Transition.To(var state) -> List.of(state);
            case Transition.End _ -> List.of();
        };
    }

    static boolean ends(State state) {
        return !(state instanceof State.Choice) && next(state).isEmpty();
    }

    static boolean leadsToItself(State state) {
        return next(state).contains(state.name());
    }

    /**
     * The states that the start leads to, those of a loop together, and each group before those
     * that it leads to (Kosaraju's algorithm, without recursion: a definition may have thousands).
     */
    static List<List<State>> groups(StateGraph graph) {
        var from = new HashMap<String, List<String>>();
        var order = finished(graph);
        var positions = new IdentityHashMap<State, Integer>();
        for (var name : order) {
            var state = graph.state(name);
            positions.put(state, -positions.size());
            next(state).forEach(to -> from.computeIfAbsent(to, _ -> new ArrayList<>()).add(name));
        }
        var groups = new ArrayList<List<State>>();
        var grouped = new HashSet<String>();
        for (var name : order.reversed()) {
            if (!grouped.contains(name)) {
                groups.add(
                        group(name, from, grouped).stream()
                                .map(graph::state)
                                .sorted(Comparator.comparing(positions::get))
                                .toList());
            }
        }
        return groups;
    }

    private static List<String> group(
            String start, Map<String, List<String>> from, Set<String> grouped) {
        var group = new ArrayList<String>();
        var left = new ArrayDeque<>(List.of(start));
        while (!left.isEmpty()) {
            var name = left.pop();
            if (grouped.add(name)) {
                group.add(name);
                left.addAll(from.getOrDefault(name, List.of()));
            }
        }
        return group;
    }

    /** Names in the order in which a search in depth leaves them. */
    private static List<String> finished(StateGraph graph) {
        record Visit(String name, Iterator<String> left) {}
        var order = new ArrayList<String>();
        var seen = new HashSet<>(Set.of(graph.startAt()));
        var open = new ArrayDeque<Visit>();
        open.push(new Visit(graph.startAt(), next(graph.start()).iterator()));
        while (!open.isEmpty()) {
            var visit = open.peek();
            if (!visit.left().hasNext()) {
                order.add(open.pop().name());
            } else {
                var name = visit.left().next();
                if (seen.add(name)) {
                    open.push(new Visit(name, next(graph.state(name)).iterator()));
                }
            }
        }
        return order;
    }
}
