package io.millrace.batchjob;

import static io.millrace.servicestarter.PropertyCheck.check;

import io.millrace.batchjob.job.BatchRequest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.util.unit.DataSize;

/**
 * Properties of batch-job.
 *
 * @param cron when the scheduled batch starts, six fields; {@code -} for never
 * @param zone the time zone of the cron expression
 * @param once whether this process reads one batch to its end and ends then, as a CronJob has it
 * @param bucket the bucket of the scheduled batch's object
 * @param key the key of the scheduled batch's object
 * @param token what makes two starts of the one batch the same
 * @param pageSize how many lines are sent before the place in the object is noted
 * @param maxLineSize how long a line may be
 * @param chunkSize how much of an object is fetched, and held, at once
 * @param maxReaders how many jobs this replica reads at once
 * @param leaseDuration how long a replica may be silent before others read its jobs
 * @param lookOut whether this replica looks for jobs that nobody reads; on Lambda, a schedule does
 * @param takeOverInterval how often this replica looks for jobs that nobody reads
 * @param readWhileAsked for how long a start on demand reads before it answers; on Lambda, where
 *     nothing goes on after the answer, the rest is taken over
 * @param retention how long jobs are kept
 */
@ConfigurationProperties("millrace.batch")
record BatchProperties(
        @DefaultValue("-") String cron,
        @DefaultValue("UTC") ZoneId zone,
        @DefaultValue("false") boolean once,
        Optional<String> bucket,
        Optional<String> key,
        Optional<String> token,
        @DefaultValue("500") int pageSize,
        @DefaultValue("1MB") DataSize maxLineSize,
        @DefaultValue("4MB") DataSize chunkSize,
        @DefaultValue("4") int maxReaders,
        @DefaultValue("30s") Duration leaseDuration,
        @DefaultValue("true") boolean lookOut,
        @DefaultValue("10s") Duration takeOverInterval,
        @DefaultValue("0s") Duration readWhileAsked,
        @DefaultValue("30d") Duration retention) {

    private static final String NEVER = "-";

    BatchProperties {
        check(pageSize >= 1 && pageSize <= 1000, "millrace.batch.page-size", pageSize, "1 to 1000");
        check(maxReaders >= 1, "millrace.batch.max-readers", maxReaders, "1 or more");
        check(
                leaseDuration.toSeconds() >= 1,
                "millrace.batch.lease-duration",
                leaseDuration,
                "1s or more");
        check(
                takeOverInterval.toMillis() >= 100,
                "millrace.batch.take-over-interval",
                takeOverInterval,
                "100ms or more");
        check(retention.toHours() >= 1, "millrace.batch.retention", retention, "1h or more");
        check(
                cron.equals(NEVER) || CronExpression.isValidExpression(cron),
                "millrace.batch.cron",
                cron,
                "a Spring cron expression of six fields, or '-'");
        var isObjectNamed = bucket.isPresent() && key.isPresent();
        if (!cron.equals(NEVER) && !isObjectNamed) {
            throw new IllegalArgumentException(
                    "millrace.batch.cron needs millrace.batch.bucket and millrace.batch.key");
        }
        if (once && !(isObjectNamed && token.isPresent() && cron.equals(NEVER))) {
            throw new IllegalArgumentException(
                    "millrace.batch.once needs millrace.batch.bucket, millrace.batch.key and"
                            + " millrace.batch.token, and no millrace.batch.cron");
        }
    }

    /** The one batch, where there is one. */
    BatchRequest request() {
        return new BatchRequest(bucket.orElseThrow(), key.orElseThrow(), token);
    }

    boolean isScheduled() {
        return !cron.equals(NEVER);
    }
}
