package io.millrace.orchestrator.virtualtime;

import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.TaskOutcome;
import java.util.Optional;

/** What is outside of executions: the services and functions that their tasks call. */
public interface Outside {

    /**
     * Is called as a task wants it.
     *
     * @return the answer; empty if there is none yet: hand it to {@link VirtualExecutions#called}
     *     then, or never
     */
    Optional<TaskOutcome> call(Head head, Effect.Call call);

    /** Is told what has become of an execution. */
    default void committed(Head head) {}
}
