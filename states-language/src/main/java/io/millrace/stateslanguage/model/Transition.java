package io.millrace.stateslanguage.model;

/** Where a state leads. */
public sealed interface Transition {

    /** To the named state of the same graph. */
    record To(String state) implements Transition {}

    /** Out of the graph: the execution, branch or iteration has succeeded. */
    record End() implements Transition {}
}
