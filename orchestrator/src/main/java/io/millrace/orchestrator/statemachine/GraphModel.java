package io.millrace.orchestrator.statemachine;

import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import io.millrace.stateslanguage.model.Transition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.statemachine.StateContext;
import org.springframework.statemachine.config.model.ConfigurationData;
import org.springframework.statemachine.config.model.DefaultStateMachineModel;
import org.springframework.statemachine.config.model.StateData;
import org.springframework.statemachine.config.model.StateMachineModel;
import org.springframework.statemachine.config.model.StatesData;
import org.springframework.statemachine.config.model.TransitionData;
import org.springframework.statemachine.config.model.TransitionsData;
import org.springframework.statemachine.transition.TransitionKind;
import reactor.core.publisher.Mono;

/** Translates a graph of the States Language into a Statemachine's model. */
final class GraphModel {

    /** Where a graph has ended; no state of a definition has a name with this character. */
    static final String END = "\u0000end";

    private GraphModel() {}

    static StateMachineModel<String, Step> of(StateGraph graph) {
        var states = new ArrayList<StateData<String, Step>>();
        var transitions = new ArrayList<TransitionData<String, Step>>();
        for (var state : graph.states().values()) {
            states.add(state(state.name(), state.name().equals(graph.startAt())));
            transitions.add(signal(state.name()));
            transitions.add(proceed(state.name(), END, Walk::leadsOut));
            for (var target : targets(state)) {
                transitions.add(proceed(state.name(), target, walk -> walk.leadsTo(target)));
            }
        }
        // Not a final state of the Statemachine: a machine that has been in one takes no events any
        // more, even when it is reset and started again.
        states.add(new StateData<>(END));
        return new DefaultStateMachineModel<>(
                new ConfigurationData<String, Step>(),
                new StatesData<>(states),
                new TransitionsData<>(transitions));
    }

    private static StateData<String, Step> state(String name, boolean initial) {
        var data = new StateData<String, Step>(name, initial);
        data.setEntryActions(List.of(action(walk -> walk.entered(name))));
        return data;
    }

    private static TransitionData<String, Step> signal(String state) {
        return new TransitionData<>(
                state,
                state,
                Step.SIGNAL,
                List.of(action(walk -> walk.signalled(state))),
                context -> Mono.just(true),
                TransitionKind.INTERNAL);
    }

    private static TransitionData<String, Step> proceed(
            String from, String to, Predicate<Walk<?>> guard) {
        return new TransitionData<>(
                from,
                to,
                Step.PROCEED,
                List.of(),
                context -> Mono.just(guard.test(walk(context))),
                TransitionKind.EXTERNAL);
    }

    private static Function<StateContext<String, Step>, Mono<Void>> action(Consumer<Walk<?>> work) {
        return context -> Mono.fromRunnable(() -> work.accept(walk(context)));
    }

    private static Walk<?> walk(StateContext<String, Step> context) {
        return context.getExtendedState().get(Walk.VARIABLE, Walk.class);
    }

    private static Set<String> targets(State state) {
        var targets = new LinkedHashSet<String>();
        switch (state) {
            case State.Task(_, _, _, _, _, _, _, _, _, var then) -> add(targets, then);
            case State.Pass(_, _, _, _, var then) -> add(targets, then);
            case State.Wait(_, _, _, _, var then) -> add(targets, then);
            case State.Parallel(_, _, _, _, _, _, var then) -> add(targets, then);
            case State.MapState(_, _, _, _, _, _, var then) -> add(targets, then);
            case State.Choice(_, _, var rules, var otherwise, _) -> {
                rules.forEach(rule -> targets.add(rule.next()));
                otherwise.ifPresent(targets::add);
            }
            case State.Succeed _, State.Fail _ -> {}
        }
        state.catchers().forEach(catcher -> targets.add(catcher.next()));
        return targets;
    }

    private static void add(Collection<String> targets, Transition transition) {
        switch (transition) {
            case Transition.To(var target) -> targets.add(target);
            case Transition.End _ -> {}
        }
    }
}
