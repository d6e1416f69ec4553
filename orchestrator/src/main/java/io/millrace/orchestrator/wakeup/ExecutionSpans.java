package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Stay;
import java.util.List;

/** Makes executions and their states visible in traces. */
public interface ExecutionSpans {

    /** Makes nothing visible. */
    ExecutionSpans NONE =
            new ExecutionSpans() {
                @Override
                public void stayed(Head head, List<Stay> stays) {}

                @Override
                public void ended(Head head) {}
            };

    /** Stays in states of an execution are over. */
    void stayed(Head head, List<Stay> stays);

    /** An execution has ended. */
    void ended(Head head);
}
