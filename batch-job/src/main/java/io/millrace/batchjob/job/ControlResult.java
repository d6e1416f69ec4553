package io.millrace.batchjob.job;

/** What came of pausing, resuming or cancelling a job. */
public sealed interface ControlResult {

    /** The job is as was wished. */
    record Changed(Job job) implements ControlResult {}

    /** There is no such job. */
    record Unknown(String id) implements ControlResult {}

    /**
     * The job stays as it is.
     *
     * @param detail why
     */
    record Refused(String detail) implements ControlResult {}
}
