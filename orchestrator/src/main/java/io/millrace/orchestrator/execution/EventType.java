package io.millrace.orchestrator.execution;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The types of history events that the engine writes; {@link #text} is Step Functions' name. */
public enum EventType {
    EXECUTION_STARTED,
    EXECUTION_SUCCEEDED,
    EXECUTION_FAILED,
    EXECUTION_TIMED_OUT,
    EXECUTION_ABORTED,
    EXECUTION_REDRIVEN,
    PASS_STATE_ENTERED,
    PASS_STATE_EXITED,
    CHOICE_STATE_ENTERED,
    CHOICE_STATE_EXITED,
    WAIT_STATE_ENTERED,
    WAIT_STATE_EXITED,
    WAIT_STATE_ABORTED,
    SUCCEED_STATE_ENTERED,
    SUCCEED_STATE_EXITED,
    FAIL_STATE_ENTERED,
    TASK_STATE_ENTERED,
    TASK_STATE_EXITED,
    TASK_STATE_ABORTED,
    TASK_SCHEDULED,
    TASK_STARTED,
    TASK_SUBMITTED,
    TASK_SUBMIT_FAILED,
    TASK_SUCCEEDED,
    TASK_FAILED,
    TASK_TIMED_OUT,
    ACTIVITY_SCHEDULED,
    ACTIVITY_SCHEDULE_FAILED,
    ACTIVITY_STARTED,
    ACTIVITY_SUCCEEDED,
    ACTIVITY_FAILED,
    ACTIVITY_TIMED_OUT,
    LAMBDA_FUNCTION_SCHEDULED,
    LAMBDA_FUNCTION_STARTED,
    LAMBDA_FUNCTION_SUCCEEDED,
    LAMBDA_FUNCTION_FAILED,
    LAMBDA_FUNCTION_TIMED_OUT,
    PARALLEL_STATE_ENTERED,
    PARALLEL_STATE_STARTED,
    PARALLEL_STATE_SUCCEEDED,
    PARALLEL_STATE_FAILED,
    PARALLEL_STATE_ABORTED,
    PARALLEL_STATE_EXITED,
    MAP_STATE_ENTERED,
    MAP_STATE_STARTED,
    MAP_STATE_SUCCEEDED,
    MAP_STATE_FAILED,
    MAP_STATE_ABORTED,
    MAP_STATE_EXITED,
    MAP_RUN_STARTED,
    MAP_RUN_SUCCEEDED,
    MAP_RUN_FAILED,
    MAP_RUN_ABORTED,
    MAP_RUN_REDRIVEN,
    MAP_ITERATION_STARTED,
    MAP_ITERATION_SUCCEEDED,
    MAP_ITERATION_FAILED,
    MAP_ITERATION_ABORTED,
    EVALUATION_FAILED;

    private final String text =
            Arrays.stream(name().split("_"))
                    .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining());

    /** The type's name in GetExecutionHistory. */
    public String text() {
        return text;
    }
}
