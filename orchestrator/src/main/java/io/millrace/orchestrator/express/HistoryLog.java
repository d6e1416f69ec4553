package io.millrace.orchestrator.express;

import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.workflow.Logging;
import java.util.List;

/** Where the history of an Express execution goes: there is no other trace of it. */
@FunctionalInterface
public interface HistoryLog {

    void write(ExecutionId id, List<HistoryEvent> events, Logging logging);
}
