package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.wakeup.Executions;
import io.millrace.stateslanguage.error.StateError;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The operations of workers that hold a task token. */
final class TaskOperations {

    private final Executions executions;
    private final int mostBytes;

    /**
     * @param mostBytes of an output
     */
    TaskOperations(Executions executions, int mostBytes) {
        this.executions = executions;
        this.mostBytes = mostBytes;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "SendTaskSuccess", this::success,
                "SendTaskFailure", this::failure,
                "SendTaskHeartbeat", this::heartbeat);
    }

    private ObjectNode success(Request request) {
        var token = request.required("taskToken");
        request.required("output");
        var output = request.json("output", "null", mostBytes, ApiError::invalidOutput);
        return answered(executions.answer(token, new TaskOutcome.Done(output)));
    }

    private ObjectNode failure(Request request) {
        var reason = new StateError(request.text("error"), request.text("cause"));
        return answered(
                executions.answer(request.required("taskToken"), new TaskOutcome.Failed(reason)));
    }

    private ObjectNode heartbeat(Request request) {
        return answered(executions.heartbeat(request.required("taskToken")));
    }

    private static ObjectNode answered(Optional<Verdict> verdict) {
        return switch (verdict.orElseThrow(ApiError::invalidToken)) {
            case TAKEN -> Json.object();
            case TASK_GONE, NOT_REDRIVABLE -> throw ApiError.taskTimedOut();
            case EXECUTION_UNKNOWN -> throw ApiError.taskDoesNotExist();
        };
    }
}
