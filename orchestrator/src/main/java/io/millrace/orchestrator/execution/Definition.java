package io.millrace.orchestrator.execution;

import io.millrace.orchestrator.statemachine.GraphMachine;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import io.millrace.stateslanguage.model.StateMachineDefinition;
import java.util.IdentityHashMap;

/** A definition, compiled once for all its executions. */
public final class Definition {

    private final String revision;
    private final StateMachineDefinition language;
    private final IdentityHashMap<StateGraph, GraphMachine> machines = new IdentityHashMap<>();

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
