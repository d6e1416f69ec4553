package io.millrace.batchjob.job;

import java.time.Duration;

/**
 * How jobs are read.
 *
 * @param pageSize how many lines are sent before the place is noted
 * @param maxLineBytes how long a line may be
 * @param lease how long a replica may be silent before another reads its jobs
 * @param retryAfter the pause after a failure
 */
public record ReaderSettings(int pageSize, int maxLineBytes, Duration lease, Duration retryAfter) {}
