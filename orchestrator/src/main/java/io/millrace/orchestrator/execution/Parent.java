package io.millrace.orchestrator.execution;

/** What has begun an execution, if it was an execution itself. */
public sealed interface Parent permits ChildOf, JobOf {

    ExecutionId execution();

    /** Whether it waits for the end. */
    default boolean waits() {
        return switch (this) {
            case ChildOf _ -> true;
            case JobOf job -> job.awaited();
        };
    }
}
