package io.millrace.orchestrator.execution;

/** Whether an execution goes on, and how it ended; the names are Step Functions'. */
public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED;

    public boolean ended() {
        return this != RUNNING;
    }
}
