package io.millrace.orchestrator.statemachine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.messaging.Message;
import org.springframework.statemachine.ExtendedState;
import org.springframework.statemachine.ObjectStateMachine;
import org.springframework.statemachine.StateContext;
import org.springframework.statemachine.StateContext.Stage;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.StateMachineContext;
import org.springframework.statemachine.StateMachineEventResult;
import org.springframework.statemachine.StateMachineEventResult.ResultType;
import org.springframework.statemachine.config.ObjectStateMachineFactory;
import org.springframework.statemachine.config.model.StateMachineModel;
import org.springframework.statemachine.state.PseudoState;
import org.springframework.statemachine.state.State;
import org.springframework.statemachine.support.DefaultStateContext;
import org.springframework.statemachine.transition.Transition;
import org.springframework.statemachine.transition.TransitionKind;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A Statemachine without regions, submachines, pseudo states, deferred events and timers, used by
 * one thread at a time. The library's own way of working off an event allows for all of them and
 * for many threads, which costs ten times what the states of a definition do; here the event takes
 * its transition at once. States, transitions, guards and actions are the library's as ever.
 */
final class FlatStateMachine extends ObjectStateMachine<String, Step> {

    private final Map<String, State<String, Step>> byName;
    private final Map<String, List<Transition<String, Step>>> waysOut;
    private @Nullable State<String, Step> current;

    private FlatStateMachine(
            Collection<State<String, Step>> states,
            Collection<Transition<String, Step>> transitions,
            State<String, Step> initial,
            Transition<String, Step> initialTransition,
            ExtendedState extendedState,
            UUID uuid) {
        super(states, transitions, initial, initialTransition, null, extendedState, uuid);
        this.byName = states.stream().collect(Collectors.toMap(State::getId, Function.identity()));
        this.waysOut =
                transitions.stream().collect(Collectors.groupingBy(way -> way.getSource().getId()));
    }

    static ObjectStateMachineFactory<String, Step> factory(StateMachineModel<String, Step> model) {
        var factory = new Factory(model);
        factory.setHandleAutostartup(false);
        factory.setBeanFactory(new DefaultListableBeanFactory());
        return factory;
    }

    private static final class Factory extends ObjectStateMachineFactory<String, Step> {

        Factory(StateMachineModel<String, Step> model) {
            super(model);
        }

        @Override
        protected StateMachine<String, Step> buildStateMachineInternal(
                Collection<State<String, Step>> states,
                Collection<Transition<String, Step>> transitions,
                State<String, Step> initial,
                Transition<String, Step> initialTransition,
                Message<Step> initialEvent,
                ExtendedState extendedState,
                PseudoState<String, Step> history,
                Boolean contextEventsEnabled,
                BeanFactory beanFactory,
                String beanName,
                String machineId,
                UUID uuid,
                StateMachineModel<String, Step> model) {
            var machine =
                    new FlatStateMachine(
                            states, transitions, initial, initialTransition, extendedState, uuid);
            machine.setBeanFactory(beanFactory);
            return machine;
        }
    }

    @Override
    public @Nullable State<String, Step> getState() {
        return current;
    }

    @Override
    public Mono<Void> resetStateMachineReactively(StateMachineContext<String, Step> context) {
        return Mono.fromRunnable(() -> {
            current = byName.get(context.getState());
            var variables = getExtendedState().getVariables();
            variables.clear();
            variables.putAll(context.getExtendedState().getVariables());
        });
    }

    @Override
    public Flux<StateMachineEventResult<String, Step>> sendEvent(Mono<Message<Step>> event) {
        return event.flatMapMany(message -> Flux.just(workOff(message)));
    }

    private StateMachineEventResult<String, Step> workOff(Message<Step> message) {
        var way = way(message);
        way.ifPresent(taken -> take(taken, context(message, taken)));
        return StateMachineEventResult.from(
                this, message, way.isPresent() ? ResultType.ACCEPTED : ResultType.DENIED);
    }

    /** The first transition that the event triggers and its guard allows. */
    private Optional<Transition<String, Step>> way(Message<Step> message) {
        if (current == null) {
            return Optional.empty();
        }
        for (var way : waysOut.getOrDefault(current.getId(), List.of())) {
            if (way.getTrigger().getEvent() == message.getPayload()
                    && Boolean.TRUE.equals(way.transit(context(message, way)).block())) {
                return Optional.of(way);
            }
        }
        return Optional.empty();
    }

    private void take(Transition<String, Step> way, StateContext<String, Step> context) {
        way.executeTransitionActions(context).block();
        if (way.getKind() != TransitionKind.INTERNAL) {
            way.getSource().exit(context).block();
            current = way.getTarget();
            way.getTarget().entry(context).block();
        }
    }

    private StateContext<String, Step> context(
            Message<Step> message, Transition<String, Step> transition) {
        return new DefaultStateContext<>(
                Stage.TRANSITION,
                message,
                message.getHeaders(),
                getExtendedState(),
                transition,
                this,
                null,
                null,
                null);
    }

    /** There are none: every transition waits for an event. */
    @Override
    protected Mono<Void> executeTriggerlessTransitions(
            StateMachine<String, Step> machine,
            StateContext<String, Step> context,
            State<String, Step> state) {
        return Mono.empty();
    }
}
