package io.millrace.orchestrator.statemachine;

/** The events of a compiled Statemachine. */
enum Step {
    /** Tells the state in which the machine stands what it waits for. */
    SIGNAL,
    /** Takes the transition that the state has decided on. */
    PROCEED
}
