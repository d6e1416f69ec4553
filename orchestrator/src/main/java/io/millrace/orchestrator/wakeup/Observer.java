package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;

/** Is told what happens in the loop. */
public interface Observer {

    /** Looks at nothing. */
    Observer NONE = new Observer() {};

    default void committed(Head head) {}

    default void started(Head head) {}

    default void ended(Head head) {}

    default void conflicted(Head head) {}

    /** Something prevented what had happened to an execution from moving it. */
    default void notMoved(ExecutionId id, Throwable reason) {}

    default void sent(String effect) {}

    default void sendingFailed(String effect, RuntimeException failure) {}
}
