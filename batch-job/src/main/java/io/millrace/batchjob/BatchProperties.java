package io.millrace.batchjob;

import io.millrace.batchjob.job.BatchRequest;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

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
@Validated
@ConfigurationProperties("millrace.batch")
record BatchProperties(
        @DefaultValue("-") String cron,
        @DefaultValue("UTC") ZoneId zone,
        @DefaultValue("false") boolean once,
        Optional<String> bucket,
        Optional<String> key,
        Optional<String> token,
        @Min(1) @Max(1000) @DefaultValue("500") int pageSize,
        @DefaultValue("200KB") DataSize maxLineSize,
        @DefaultValue("4MB") DataSize chunkSize,
        @Min(1) @DefaultValue("4") int maxReaders,
        @DurationMin(seconds = 1) @DefaultValue("30s") Duration leaseDuration,
        @DefaultValue("true") boolean lookOut,
        @DurationMin(millis = 100) @DefaultValue("10s") Duration takeOverInterval,
        @DefaultValue("0s") Duration readWhileAsked,
        @DurationMin(hours = 1) @DefaultValue("30d") Duration retention) {

    private static final String NEVER = "-";

    /** The one batch, where there is one. */
    BatchRequest request() {
        return new BatchRequest(bucket.orElseThrow(), key.orElseThrow(), token);
    }

    boolean isScheduled() {
        return !cron.equals(NEVER);
    }

    @AssertTrue(message = "millrace.batch.cron needs millrace.batch.bucket and millrace.batch.key")
    boolean isScheduledObjectNamed() {
        return !isScheduled() || (bucket.isPresent() && key.isPresent());
    }

    @AssertTrue(
            message =
                    "millrace.batch.once needs millrace.batch.bucket, millrace.batch.key and"
                            + " millrace.batch.token, and no millrace.batch.cron")
    boolean isOnceWhole() {
        return !once
                || (bucket.isPresent() && key.isPresent() && token.isPresent() && !isScheduled());
    }

    @AssertTrue(message = "millrace.batch.cron is a Spring cron expression of six fields, or '-'")
    boolean isCronValid() {
        return !isScheduled() || CronExpression.isValidExpression(cron);
    }
}
