package io.millrace.batchjob.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a job is.
 *
 * @param sent work items that were sent
 * @param done work items whose results are stored
 * @param failed lines that were malformed
 * @param remaining lines nothing is known of yet; an estimate by the object's size until it is read
 * @param total all lines, once the object is read
 * @param eta when the last line will be done if it goes on like this
 */
public record Progress(
        Job job,
        long sent,
        long done,
        long failed,
        long remaining,
        OptionalLong total,
        Optional<Instant> eta) {

    /**
     * The progress of a job.
     *
     * @param noted how many of its lines nothing is left to do for
     */
    static Progress of(Job job, long noted, Instant now) {
        var failed = job.reading().failed();
        var remaining = Math.max(0, expected(job) - noted);
        return new Progress(
                job,
                job.reading().sent(),
                Math.max(0, noted - failed),
                failed,
                remaining,
                job.total(),
                eta(job, noted, remaining, now));
    }

    private static long expected(Job job) {
        var place = job.reading().place();
        if (job.total().isPresent() || place.offset() == 0) {
            return place.records();
        }
        return Math.round(place.records() * (double) job.source().size() / place.offset());
    }

    private static Optional<Instant> eta(Job job, long noted, long remaining, Instant now) {
        var isOver = job.endedAt().isPresent() || job.status() == JobStatus.PAUSED || noted == 0;
        if (isOver || remaining == 0) {
            return Optional.empty();
        }
        var elapsed = Duration.between(job.createdAt(), now);
        return Optional.of(now.plusMillis(elapsed.toMillis() * remaining / noted));
    }
}
