package io.millrace.batchjob.job;

/** What came of a request for a batch. */
public sealed interface StartResult {

    record Started(Job job) implements StartResult {}

    /** The same request was made before; this is its job. */
    record Repeated(Job job) implements StartResult {}

    /**
     * There will be no job.
     *
     * @param detail why, and what to do about it
     */
    record Refused(String detail) implements StartResult {}
}
