package io.millrace.batchjob.job;

/** Where a job is in its life: RUNNING → COMPLETING → COMPLETE, or RUNNING → FAILED. */
public enum JobStatus {
    /** Its lines are read, or sent and not all done. */
    RUNNING,
    /** All lines are done; this is being announced. */
    COMPLETING,
    /** All lines are done and this has been announced. */
    COMPLETE,
    /** Its object cannot be read. */
    FAILED
}
