package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.Head;

/** Writes what happens to executions where people look. */
@FunctionalInterface
public interface ExecutionLog {

    /**
     * A commit has added events; if the process dies before it is told, nobody is.
     *
     * @param head what was committed
     * @param first the id of the first event that is new
     */
    void happened(Head head, long first);
}
