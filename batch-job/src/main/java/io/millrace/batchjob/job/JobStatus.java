package io.millrace.batchjob.job;

/**
 * Where a job is in its life: RUNNING → COMPLETING → COMPLETE, or RUNNING → FAILED; on demand
 * RUNNING ⇄ PAUSED, and from either CANCELLED.
 */
public enum JobStatus {
    /** Its lines are read, or sent and not all done. */
    RUNNING,
    /** No more of its lines are sent until it is resumed. */
    PAUSED,
    /** All lines are done; this is being announced. */
    COMPLETING,
    /** All lines are done and this has been announced. */
    COMPLETE,
    /** Its object cannot be read. */
    FAILED,
    /** No more of its lines are sent, and its end is not announced. */
    CANCELLED
}
