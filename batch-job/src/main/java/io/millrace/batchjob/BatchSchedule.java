package io.millrace.batchjob;

import io.millrace.batchjob.job.BatchRequest;
import io.millrace.batchjob.job.Outbox;
import io.millrace.batchjob.job.Outbox.Unreadable;
import io.millrace.batchjob.job.StartResult;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.support.CronExpression;

/**
 * Starts the scheduled batch. The time it fires for is the request's token: of several replicas
 * that fire together, one starts a job.
 */
final class BatchSchedule implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BatchSchedule.class);

    private final CronExpression cron;
    private final String bucket;
    private final String key;
    private final Function<BatchRequest, StartResult> runBatch;
    private final Outbox outbox;
    private final Clock clock;

    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile @Nullable Thread thread;

    /**
     * @param clock in the schedule's time zone
     */
    BatchSchedule(
            CronExpression cron,
            String bucket,
            String key,
            Function<BatchRequest, StartResult> runBatch,
            Outbox outbox,
            Clock clock) {
        this.cron = cron;
        this.bucket = bucket;
        this.key = key;
        this.runBatch = runBatch;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Starts the batch of a moment that the schedule names. */
    void fire(ZonedDateTime moment) {
        var token = moment.toInstant().toString();
        try {
            switch (runBatch.apply(new BatchRequest(bucket, key, Optional.of(token)))) {
                case StartResult.Started(var job) ->
                        log.info("the schedule of {} starts job {}", token, job.id());
                case StartResult.Repeated(var job) ->
                        log.info("another replica started job {} for {}", job.id(), token);
                case StartResult.Refused(var detail) -> fail(token, detail);
            }
        } catch (RuntimeException e) {
            log.error("the batch of {} does not start", token, e);
            fail(token, "the batch does not start: " + e);
        }
    }

    private void fail(String token, String reason) {
        log.error("the batch of {} goes to the failures: {}", token, reason);
        outbox.unreadable(new Unreadable("scheduled for " + token, bucket, key, reason));
    }

    private void run() {
        var next = cron.next(ZonedDateTime.now(clock));
        while (next != null && !isStopped(Duration.between(ZonedDateTime.now(clock), next))) {
            try {
                fire(next);
            } catch (RuntimeException e) {
                log.error("the failed start of {} could not be handed over", next, e);
            }
            next = cron.next(next);
        }
    }

    private boolean isStopped(Duration pause) {
        try {
            return stopped.await(Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public synchronized void start() {
        if (!isRunning()) {
            stopped = new CountDownLatch(1);
            thread = Thread.ofVirtual().name("batch-schedule").start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        stopped.countDown();
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
