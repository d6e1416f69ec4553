package io.millrace.orchestrator.statemachine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One walk through a graph: what its states do, and where they lead. A Statemachine swallows what
 * its actions throw, so the walk keeps it.
 */
final class Walk<S> {

    /** The variable of a Statemachine's extended state that holds its walk. */
    static final String VARIABLE = "walk";

    private final Behaviour<S> behaviour;
    private final S signal;
    private Move move = new Move.Stay();
    private boolean moved;
    private @Nullable RuntimeException failure;

    Walk(Behaviour<S> behaviour, S signal) {
        this.behaviour = behaviour;
        this.signal = signal;
    }

    void entered(String state) {
        keep(() -> behaviour.entered(state));
    }

    void signalled(String state) {
        keep(() -> behaviour.signalled(state, signal));
    }

    boolean leadsTo(String state) {
        return move instanceof Move.To(var target) && target.equals(state);
    }

    boolean leadsOut() {
        return move instanceof Move.End;
    }

    /**
     * Where the walk goes next.
     *
     * @throws RuntimeException what the last step threw
     */
    Move next() {
        if (failure != null) {
            throw failure;
        }
        if (!moved) {
            // A Statemachine that has no such transition accepts the event all the same.
            throw new IllegalStateException("No transition of the graph makes the move " + move);
        }
        moved = false;
        return move;
    }

    private void keep(Supplier<Move> step) {
        moved = true;
        try {
            move = step.get();
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}
