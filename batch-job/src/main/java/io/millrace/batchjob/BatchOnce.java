package io.millrace.batchjob;

import io.millrace.batchjob.job.BatchRequest;
import io.millrace.batchjob.job.Job;
import io.millrace.batchjob.job.JobStatus;
import io.millrace.batchjob.job.Jobs;
import io.millrace.batchjob.job.Outbox;
import io.millrace.batchjob.job.Outbox.Unreadable;
import io.millrace.batchjob.job.StartResult;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch and then the end, for a CronJob or an ECS task. Another start with the same token goes
 * on where this one was cut off, and has nothing to do if it was not.
 */
final class BatchOnce {

    private static final Logger log = LoggerFactory.getLogger(BatchOnce.class);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final BatchRequest request;
    private final Function<BatchRequest, StartResult> runBatch;
    private final Jobs jobs;
    private final Outbox outbox;
    private final Duration progress;

    /**
     * @param progress how often to say how far it is
     */
    BatchOnce(
            BatchRequest request,
            Function<BatchRequest, StartResult> runBatch,
            Jobs jobs,
            Outbox outbox,
            Duration progress) {
        this.request = request;
        this.runBatch = runBatch;
        this.jobs = jobs;
        this.outbox = outbox;
        this.progress = progress;
    }

    /** Returns the exit status: 0 if the object is read to its end. */
    int run() {
        return switch (runBatch.apply(request)) {
            case StartResult.Started(var job) -> await(job);
            case StartResult.Repeated(var job) -> {
                log.info("job {} was started before; waiting for its end", job.id());
                yield await(job);
            }
            case StartResult.Refused(var detail) -> {
                log.error("the batch does not start: {}", detail);
                outbox.unreadable(
                        new Unreadable(
                                "scheduled for " + request.token().orElse("now"),
                                request.bucket(),
                                request.key(),
                                detail));
                yield 1;
            }
        };
    }

    private int await(Job started) {
        var said = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            var job = jobs.find(started.id()).orElse(started);
            if (job.status() == JobStatus.FAILED) {
                log.error("job {} failed: {}", job.id(), job.error().orElse("no reason"));
                return 1;
            }
            if (job.status() == JobStatus.CANCELLED) {
                log.error("job {} was cancelled", job.id());
                return 1;
            }
            if (job.reading().finished()) {
                log.info("job {}: {} work items sent", job.id(), job.reading().sent());
                return 0;
            }
            if (System.nanoTime() - said > progress.toNanos()) {
                log.info("job {}: {} records read", job.id(), job.reading().place().records());
                said = System.nanoTime();
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return 1;
    }
}
