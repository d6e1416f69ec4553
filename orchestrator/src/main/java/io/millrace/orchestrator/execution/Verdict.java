package io.millrace.orchestrator.execution;

/** What a signal did. */
public enum Verdict {
    /** It is part of the head, or changes nothing in it. */
    TAKEN,
    /** Its task has ended or timed out, or its execution has. */
    TASK_GONE,
    /** Its execution cannot be redriven, now or at all. */
    NOT_REDRIVABLE,
    /** There is no such execution. */
    EXECUTION_UNKNOWN
}
