package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Redrivable;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.wakeup.Executions;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The operation that lets executions go on that have ended without success. */
final class RedriveOperations {

    private final Executions executions;
    private final Journal journal;
    private final Arns arns;
    private final InstantSource clock;

    RedriveOperations(Executions executions, Journal journal, Arns arns, InstantSource clock) {
        this.executions = executions;
        this.journal = journal;
        this.arns = arns;
        this.clock = clock;
    }

    Map<String, Operation> operations() {
        return Map.of("RedriveExecution", this::redrive);
    }

    private ObjectNode redrive(Request request) {
        var id = request.execution();
        return switch (executions.wake(id, new Signal.Redriven(request.text("clientToken"), 0))) {
            case TAKEN -> {
                var head = head(id);
                var answer = Json.object();
                answer.set("redriveDate", Json.time(head.redrives().at().orElseThrow()));
                yield answer;
            }
            case TASK_GONE, NOT_REDRIVABLE ->
                    throw ApiError.executionNotRedrivable(
                            Redrivable.of(head(id), clock.instant()).reason());
            case EXECUTION_UNKNOWN -> throw unknown(id);
        };
    }

    private Head head(ExecutionId id) {
        return journal.read(id).orElseThrow(() -> unknown(id));
    }

    private ApiError unknown(ExecutionId id) {
        return ApiError.executionDoesNotExist(arns.execution(id));
    }
}
