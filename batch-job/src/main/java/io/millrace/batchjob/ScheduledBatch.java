package io.millrace.batchjob;

import io.millrace.batchjob.job.BatchRequest;
import io.millrace.batchjob.job.Outbox;
import io.millrace.batchjob.job.Outbox.Unreadable;
import io.millrace.batchjob.job.StartResult;
import io.millrace.lambdaadapter.Deadline;
import io.millrace.lambdaadapter.LambdaTrigger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * EventBridge Scheduler's event. The time that it was scheduled for is the batch's token. An object
 * that is longer than an invocation is left at a page's end, for a schedule with {@code
 * "detail":{"action":"take-over"}}.
 */
final class ScheduledBatch implements LambdaTrigger {

    private static final Logger log = LoggerFactory.getLogger(ScheduledBatch.class);

    /** A page is sent and noted in less. */
    private static final Duration FOR_A_PAGE = Duration.ofSeconds(10);

    private final BatchRunner runner;
    private final Outbox outbox;
    private final BatchProperties properties;

    ScheduledBatch(BatchRunner runner, Outbox outbox, BatchProperties properties) {
        this.runner = runner;
        this.outbox = outbox;
        this.properties = properties;
    }

    @Override
    public boolean takes(JsonNode event) {
        return event.path("detail-type").asString("").equals("Scheduled Event");
    }

    @Override
    public Object handle(JsonNode event, Deadline deadline) {
        BooleanSupplier stop = () -> deadline.isWithin(FOR_A_PAGE);
        if (event.at("/detail/action").asString("").equals("take-over")) {
            runner.takeOver(stop);
            return Map.of();
        }
        var bucket = properties.bucket().orElseThrow(ScheduledBatch::unnamed);
        var key = properties.key().orElseThrow(ScheduledBatch::unnamed);
        var token = event.path("time").asString();
        var request = new BatchRequest(bucket, key, Optional.of(token));
        return switch (runner.startAndRead(request, stop)) {
            case StartResult.Started(var job) -> Map.of("job", job.id());
            case StartResult.Repeated(var job) -> Map.of("job", job.id());
            case StartResult.Refused(var detail) -> {
                log.error("the batch of {} goes to the failures: {}", token, detail);
                outbox.unreadable(new Unreadable("scheduled for " + token, bucket, key, detail));
                yield Map.of("refused", detail);
            }
        };
    }

    private static IllegalStateException unnamed() {
        return new IllegalStateException(
                "set MILLRACE_BATCH_BUCKET and MILLRACE_BATCH_KEY: they name the scheduled batch");
    }
}
