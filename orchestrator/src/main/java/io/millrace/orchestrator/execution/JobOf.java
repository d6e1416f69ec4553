package io.millrace.orchestrator.execution;

import io.millrace.orchestrator.execution.Signal.TaskKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The place of an execution that a task has begun ({@code states:startExecution}).
 *
 * @param pattern how the task gets its result
 */
public record JobOf(TaskKey task, TaskResource.Pattern pattern) implements Parent {

    @Override
    public ExecutionId execution() {
        return task.execution();
    }

    /** Whether the task waits for the end. */
    public boolean awaited() {
        return switch (pattern) {
            case RUN_A_JOB, RUN_A_JOB_WITH_JSON -> true;
            case REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN -> false;
        };
    }

    /** The name of an execution to which the task gives none: the same however often it asks. */
    public String name() {
        return name(task.execution(), task.event());
    }

    static String name(ExecutionId execution, long event) {
        var unique = "%s#%d".formatted(execution.text(), event);
        return UUID.nameUUIDFromBytes(unique.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
