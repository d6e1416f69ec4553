package io.millrace.batchjob;

import io.micrometer.observation.ObservationRegistry;
import io.millrace.batchjob.aws.DynamoDbDoneLines;
import io.millrace.batchjob.aws.DynamoDbJobs;
import io.millrace.batchjob.aws.S3Objects;
import io.millrace.batchjob.aws.StreamOutbox;
import io.millrace.batchjob.job.BatchRequest;
import io.millrace.batchjob.job.Batches;
import io.millrace.batchjob.job.Completion;
import io.millrace.batchjob.job.DoneLines;
import io.millrace.batchjob.job.JobControl;
import io.millrace.batchjob.job.Jobs;
import io.millrace.batchjob.job.Outbox;
import io.millrace.batchjob.job.ProgressView;
import io.millrace.batchjob.job.Reader;
import io.millrace.batchjob.job.ReaderSettings;
import io.millrace.batchjob.job.StartResult;
import io.millrace.lambdaadapter.LambdaTrigger;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.scheduling.support.CronExpression;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts a batch's parts together. */
@Configuration(proxyBeanMethods = false)
class BatchConfiguration {

    @Bean
    Jobs jobs(
            DynamoDbClient dynamoDb,
            BatchProperties properties,
            @Value("${millrace.resources.BatchesTable}") String table) {
        return new DynamoDbJobs(dynamoDb, table, properties.retention());
    }

    @Bean
    DoneLines doneLines(
            DynamoDbClient dynamoDb,
            BatchProperties properties,
            Clock clock,
            @Value("${millrace.resources.BatchesTable}") String table) {
        return new DynamoDbDoneLines(dynamoDb, table, properties.retention(), clock);
    }

    @Bean
    Outbox outbox(
            StreamBridge bridge, @Qualifier("eventMessageConverter") MessageConverter events) {
        return new StreamOutbox(bridge, events);
    }

    @Bean
    Completion completion(
            Jobs jobs, DoneLines done, Outbox outbox, BatchProperties properties, Clock clock) {
        return new Completion(
                jobs, done, outbox, properties.leaseDuration(), BatchFunctions.SOURCE, clock);
    }

    @Bean
    BatchRunner batchRunner(
            Jobs jobs,
            S3Client s3,
            Outbox outbox,
            Completion completion,
            ObservationRegistry observations,
            BatchProperties properties,
            Clock clock) {
        var objects = new S3Objects(s3, Math.toIntExact(properties.chunkSize().toBytes()));
        var lease = properties.leaseDuration();
        var settings =
                new ReaderSettings(
                        properties.pageSize(),
                        Math.toIntExact(properties.maxLineSize().toBytes()),
                        lease,
                        properties.takeOverInterval());
        var name = "batch-job-" + UUID.randomUUID();
        return new BatchRunner(
                new Batches(name, jobs, objects, completion, lease, properties.maxReaders(), clock),
                new Reader(
                        jobs, objects, outbox, completion, settings, BatchFunctions.SOURCE, clock),
                observations,
                properties.takeOverInterval(),
                properties.lookOut());
    }

    @Bean
    ProgressView progressView(Jobs jobs, DoneLines done, Clock clock) {
        return new ProgressView(jobs, done, clock);
    }

    @Bean
    JobControl jobControl(Jobs jobs, Clock clock) {
        return new JobControl(jobs, clock);
    }

    @Bean
    @ConditionalOnBooleanProperty("millrace.batch.once")
    BatchOnce batchOnce(BatchRunner runner, Jobs jobs, Outbox outbox, BatchProperties properties) {
        return new BatchOnce(
                properties.request(), runner::start, jobs, outbox, properties.takeOverInterval());
    }

    @Bean
    @Profile("lambda")
    LambdaTrigger scheduledBatch(BatchRunner runner, Outbox outbox, BatchProperties properties) {
        return new ScheduledBatch(runner, outbox, properties);
    }

    @Bean
    @ConditionalOnExpression("'${millrace.batch.cron:-}' != '-'")
    BatchSchedule batchSchedule(
            Function<BatchRequest, StartResult> runBatch,
            Outbox outbox,
            BatchProperties properties,
            Clock clock) {
        return new BatchSchedule(
                CronExpression.parse(properties.cron()),
                properties.bucket().orElseThrow(),
                properties.key().orElseThrow(),
                runBatch,
                outbox,
                clock.withZone(properties.zone()));
    }
}
