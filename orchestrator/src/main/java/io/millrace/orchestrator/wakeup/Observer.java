package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Stay;
import java.util.List;

/** Is told what happens in the loop. */
public interface Observer {

    /** Looks at nothing. */
    Observer NONE = new Observer() {};

    default void committed(Head head) {}

    /**
     * A commit has added events.
     *
     * @param head what was committed, with those of its events in it that are not older
     * @param first the id of the first event that is new
     */
    default void happened(Head head, long first) {}

    /**
     * Stays in states are over.
     *
     * @param head what was committed
     */
    default void stayed(Head head, List<Stay> stays) {}

    default void started(Head head) {}

    default void ended(Head head) {}

    default void conflicted(Head head) {}

    /** Something prevented what had happened to an execution from moving it. */
    default void notMoved(ExecutionId id, Throwable reason) {}

    default void sent(String effect) {}

    default void sendingFailed(String effect, RuntimeException failure) {}
}
