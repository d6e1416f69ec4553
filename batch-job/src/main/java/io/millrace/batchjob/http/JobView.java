package io.millrace.batchjob.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.batchjob.job.JobStatus;
import io.millrace.batchjob.job.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as a client sees it; what is not known yet is not there.
 *
 * @param total all lines, once the object is read
 * @param sent work items that were sent
 * @param done work items whose results are stored
 * @param failed malformed lines
 * @param remaining lines nothing is known of yet; an estimate until the object is read
 * @param eta when it will be complete if it goes on like this
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobView(
        String id,
        String bucket,
        String key,
        JobStatus status,
        @Nullable Long total,
        long sent,
        long done,
        long failed,
        long remaining,
        Instant startedAt,
        @Nullable Instant eta,
        @Nullable Instant endedAt,
        @Nullable String error) {

    static JobView of(Progress progress) {
        var job = progress.job();
        var total = progress.total();
        return new JobView(
                job.id(),
                job.source().bucket(),
                job.source().key(),
                job.status(),
                total.isPresent() ? (Long) total.getAsLong() : null,
                progress.sent(),
                progress.done(),
                progress.failed(),
                progress.remaining(),
                job.createdAt(),
                progress.eta().orElse(null),
                job.endedAt().orElse(null),
                job.error().orElse(null));
    }
}
