package io.millrace.orchestrator.execution;

import io.millrace.orchestrator.statemachine.GraphMachine;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import io.millrace.stateslanguage.model.StateMachineDefinition;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A definition, compiled once for all its executions. */
public final class Definition {

    /** Stands between a revision and the name of a Map state. */
    private static final char PART = '#';

    private final String revision;
    private final StateMachineDefinition language;
    private final IdentityHashMap<StateGraph, GraphMachine> machines = new IdentityHashMap<>();
    private final Map<String, Definition> processors = new ConcurrentHashMap<>();

    /**
     * @param revision the hash of the definition's text
     */
    public Definition(String revision, StateMachineDefinition language) {
        this.revision = revision;
        this.language = language;
        compile(language.graph());
    }

    public String revision() {
        return revision;
    }

    public StateMachineDefinition language() {
        return language;
    }

    /** This definition, or the part of it that the children of a distributed Map follow. */
    public Definition ofRevision(String wanted) {
        if (wanted.equals(revision)) {
            return this;
        }
        var state = wanted.substring(wanted.indexOf(PART) + 1);
        return processors.computeIfAbsent(
                state,
                name ->
                        new Definition(
                                wanted,
                                new StateMachineDefinition(
                                        Optional.empty(),
                                        language.queryLanguage(),
                                        language.version(),
                                        Optional.empty(),
                                        processor(language.graph(), name)
                                                .orElseThrow(() ->
                                                        new IllegalArgumentException(
                                                                "No Map state is called "
                                                                        + name)))));
    }

    /** The revision of the part that a Map state's children follow. */
    static String part(String revision, String mapState) {
        return root(revision) + PART + mapState;
    }

    /** The revision of the whole that a revision is part of. */
    public static String root(String revision) {
        var mark = revision.indexOf(PART);
        return mark < 0 ? revision : revision.substring(0, mark);
    }

    /** The Map state whose processor a revision is, if it is part of a whole. */
    public static Optional<String> mapState(String revision) {
        var mark = revision.indexOf(PART);
        return mark < 0 ? Optional.empty() : Optional.of(revision.substring(mark + 1));
    }

    private static Optional<StateGraph> processor(StateGraph graph, String mapState) {
        for (var state : graph.states().values()) {
            var found =
                    switch (state) {
                        case State.MapState map when map.name().equals(mapState) ->
                                Optional.of(map.iteration().processor());
                        case State.MapState map -> processor(map.iteration().processor(), mapState);
                        case State.Parallel parallel ->
                                parallel.branches().stream()
                                        .flatMap(branch -> processor(branch, mapState).stream())
                                        .findFirst();
                        case State.Task _, State.Pass _, State.Choice _, State.Wait _ ->
                                Optional.<StateGraph>empty();
                        case State.Succeed _, State.Fail _ -> Optional.<StateGraph>empty();
                    };
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    GraphMachine machine(StateGraph graph) {
        var machine = machines.get(graph);
        if (machine == null) {
            throw new IllegalArgumentException("The graph is none of this definition's");
        }
        return machine;
    }

    private void compile(StateGraph graph) {
        machines.put(graph, GraphMachine.compile(graph));
        for (var state : graph.states().values()) {
            switch (state) {
                case State.Parallel parallel -> parallel.branches().forEach(this::compile);
                case State.MapState map -> compile(map.iteration().processor());
                case State.Task _, State.Pass _, State.Choice _, State.Wait _ -> {}
                case State.Succeed _, State.Fail _ -> {}
            }
        }
    }
}
