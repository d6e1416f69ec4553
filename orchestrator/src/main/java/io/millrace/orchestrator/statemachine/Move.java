package io.millrace.orchestrator.statemachine;

/** Where a state leads once it was entered or signalled. */
public sealed interface Move {

    /** On to another state of the graph. */
    record To(String state) implements Move {}

    /** Out of the graph. */
    record End() implements Move {}

    /** Nowhere yet: the state waits for a signal. */
    record Stay() implements Move {}
}
