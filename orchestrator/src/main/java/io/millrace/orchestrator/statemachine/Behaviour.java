package io.millrace.orchestrator.statemachine;

/**
 * What happens in the states of a graph.
 *
 * @param <S> what a waiting state is told
 */
public interface Behaviour<S> {

    /** The state has just been entered, from another or from itself. */
    Move entered(String state);

    /** The state, in which the graph stands, is told something. */
    Move signalled(String state, S signal);
}
