package io.millrace.orchestrator.statemachine;

import io.millrace.stateslanguage.model.StateGraph;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.config.ObjectStateMachineFactory;
import org.springframework.statemachine.support.DefaultExtendedState;
import org.springframework.statemachine.support.DefaultStateMachineContext;
import reactor.core.publisher.Mono;

/**
 * A compiled graph. Holds nothing of any execution: it may be kept for as long as its definition is
 * of use, and used by many threads at once.
 */
public final class GraphMachine {

    /** Machines that are kept for the next walk, more than there are ever threads at work. */
    private static final int KEPT = 32;

    private static final Mono<Message<Step>> SIGNAL = message(Step.SIGNAL);
    private static final Mono<Message<Step>> PROCEED = message(Step.PROCEED);

    private final ObjectStateMachineFactory<String, Step> factory;
    private final Queue<StateMachine<String, Step>> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger kept = new AtomicInteger();

    private GraphMachine(ObjectStateMachineFactory<String, Step> factory) {
        this.factory = factory;
    }

    public static GraphMachine compile(StateGraph graph) {
        return new GraphMachine(FlatStateMachine.factory(GraphModel.of(graph)));
    }

    /**
     * Restores a machine at a state, tells that state the signal, and goes on from state to state
     * until one stays or the graph ends.
     */
    public <S> void walk(String from, S signal, Behaviour<S> behaviour) {
        var machine = borrow();
        var walk = new Walk<>(behaviour, signal);
        restore(machine, from, walk);
        send(machine, SIGNAL);
        for (var move = walk.next(); !(move instanceof Move.Stay); move = walk.next()) {
            send(machine, PROCEED);
            if (move instanceof Move.End) {
                break;
            }
        }
        giveBack(machine);
    }

    private static void restore(StateMachine<String, Step> machine, String state, Walk<?> walk) {
        var variables = new HashMap<Object, Object>(Map.of(Walk.VARIABLE, walk));
        var context =
                new DefaultStateMachineContext<String, Step>(
                        state, null, null, new DefaultExtendedState(variables));
        machine.getStateMachineAccessor()
                .doWithAllRegions(access -> access.resetStateMachineReactively(context).block());
    }

    private static void send(StateMachine<String, Step> machine, Mono<Message<Step>> step) {
        machine.sendEvent(step).blockLast();
    }

    private StateMachine<String, Step> borrow() {
        var machine = idle.poll();
        if (machine == null) {
            return factory.getStateMachine();
        }
        kept.decrementAndGet();
        return machine;
    }

    private void giveBack(StateMachine<String, Step> machine) {
        machine.getExtendedState().getVariables().clear();
        if (kept.incrementAndGet() <= KEPT) {
            idle.add(machine);
        } else {
            kept.decrementAndGet();
        }
    }

    private static Mono<Message<Step>> message(Step step) {
        return Mono.just(MessageBuilder.withPayload(step).build());
    }
}
