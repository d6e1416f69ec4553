package io.millrace.batchjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.batchjob.job.BatchRequest;
import io.millrace.batchjob.job.RecordingOutbox;
import io.millrace.batchjob.job.StartResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.CronExpression;

class BatchScheduleTests {

    private static final ZonedDateTime MOMENT =
            ZonedDateTime.of(2026, 11, 23, 10, 15, 0, 0, ZoneOffset.UTC);

    private final RecordingOutbox outbox = new RecordingOutbox();
    private final Queue<BatchRequest> requests = new ConcurrentLinkedQueue<>();

    @Test
    void theMomentItFiresForIsTheRequestsToken() {
        schedule("0 15 10 * * *", Clock.systemUTC(), this::refuse).fire(MOMENT);
        assertThat(requests)
                .containsExactly(
                        new BatchRequest(
                                "bucket", "a.csv", Optional.of(MOMENT.toInstant().toString())));
    }

    @Test
    void aBatchThatDoesNotStartGoesToTheFailures() {
        schedule("0 15 10 * * *", Clock.systemUTC(), this::refuse).fire(MOMENT);
        assertThat(outbox.unreadable)
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo("there is no object");
                    assertThat(failure.job()).contains(MOMENT.toInstant().toString());
                });
        schedule(
                        "0 15 10 * * *",
                        Clock.systemUTC(),
                        _ -> {
                            throw new IllegalStateException("S3 is away");
                        })
                .fire(MOMENT);
        assertThat(outbox.unreadable).hasSize(2);
    }

    @Test
    void itFiresWhenTheExpressionSaysAndStopsWhenToldTo() {
        var start = Instant.now();
        // A clock that runs so that the next second of the expression is some milliseconds away.
        var offset = Duration.between(start, Instant.parse("2026-11-23T10:14:59.900Z"));
        var clock = Clock.offset(Clock.systemUTC(), offset);
        var schedule = schedule("0 15 10 * * *", clock, this::refuse);
        schedule.start();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> requests.size() == 1);
        schedule.stop();
        assertThat(schedule.isRunning()).isFalse();
        assertThat(requests.element().token()).contains("2026-11-23T10:15:00Z");
    }

    private StartResult refuse(BatchRequest request) {
        requests.add(request);
        return new StartResult.Refused("there is no object");
    }

    private BatchSchedule schedule(
            String cron, Clock clock, Function<BatchRequest, StartResult> runBatch) {
        return new BatchSchedule(
                CronExpression.parse(cron),
                "bucket",
                "a.csv",
                runBatch,
                outbox,
                clock.withZone(ZoneOffset.UTC));
    }
}
