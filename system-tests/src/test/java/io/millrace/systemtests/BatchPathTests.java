package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.BatchCompleted;
import io.millrace.launcher.Part;
import io.millrace.launcher.demo.Triggers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(WithPipeline.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchPathTests {

    private static final int LINES = 120;
    private static final int MALFORMED = 60;

    private final Pipeline pipeline;
    private final Eyes eyes;
    private final BatchCompleted scheduled;

    /** The schedule fires once, for a list of orders with a malformed line. */
    BatchPathTests(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.eyes = new Eyes(pipeline);
        var key = "scheduled/" + UUID.randomUUID() + ".csv";
        pipeline.triggers()
                .layOut(
                        key,
                        Triggers.orders(LINES, MALFORMED, 1).getBytes(StandardCharsets.UTF_8),
                        "text/csv");
        var lead = pipeline.startTime();
        LocalDateTime soon;
        do {
            // What starts after its moment waits for that of the next year.
            soon = LocalDateTime.now(ZoneOffset.UTC).plus(lead).truncatedTo(ChronoUnit.SECONDS);
            lead = lead.multipliedBy(2);
            pipeline.add(
                    Part.BATCH_JOB,
                    Map.of(
                            "millrace.batch.cron",
                            DateTimeFormatter.ofPattern("s m H d M '*'", Locale.ROOT).format(soon),
                            "millrace.batch.bucket",
                            pipeline.aws().name("BatchesBucket"),
                            "millrace.batch.key",
                            key));
        } while (LocalDateTime.now(ZoneOffset.UTC).isAfter(soon));
        this.scheduled = completed(_ -> true);
    }

    @Test
    void theScheduleStartsBatchJobWhichFansOutToTransformLoad() {
        assertThat(scheduled.total()).isEqualTo(LINES);
        assertThat(eyes.items(scheduled.job() + "/")).isEqualTo(LINES - 1);
        assertThat(eyes.announcements(id -> id.startsWith(scheduled.job() + "/")))
                .hasSize(LINES - 1);
    }

    @Test
    void aMalformedLineEndsAsADeadLetterWithItsNumber() {
        assertThat(scheduled.failed()).isEqualTo(1);
        var failure =
                eyes.deadLetter(
                        "the malformed line",
                        each ->
                                each.payload()
                                        .text()
                                        .filter(text ->
                                                text.contains("order-%05d".formatted(MALFORMED)))
                                        .isPresent());
        assertThat(failure.cause() + failure.origin() + failure.originalId().orElse(""))
                .contains(String.valueOf(MALFORMED));
    }

    @Test
    void aBatchIsAnnouncedAsCompleteOnce() {
        assertThat(batches().stream().filter(each -> each.job().equals(scheduled.job())))
                .hasSize(1);
    }

    @Test
    void aBatchMayBeJsonLinesAndStartOnDemand() throws Exception {
        var key = "on demand/" + UUID.randomUUID() + ".jsonl";
        pipeline.triggers()
                .layOut(
                        key,
                        // The second line is more than a message carries.
                        "{\"id\":\"a\",\"price\":1}\n{\"id\":\"b\",\"note\":\"%s\"}\n"
                                .formatted("x".repeat(300_000))
                                .getBytes(StandardCharsets.UTF_8),
                        "application/jsonl");
        var response =
                post(
                        "{\"bucket\":\"%s\",\"key\":\"%s\"}"
                                .formatted(pipeline.aws().name("BatchesBucket"), key));
        assertThat(response.statusCode()).isEqualTo(202);
        var job = response.headers().firstValue("location").orElseThrow();
        var batch = completed(each -> job.endsWith(each.job()));
        assertThat(batch.total()).isEqualTo(2);
        Eyes.eventually(
                "the job says that it is complete",
                () -> Optional.of(get(job)).filter(each -> each.toString().contains("COMPLETE\"")));
    }

    private List<BatchCompleted> batches() {
        return pipeline.observer().announced().values().stream()
                .map(event -> event.data())
                .filter(BatchCompleted.class::isInstance)
                .map(BatchCompleted.class::cast)
                .toList();
    }

    private BatchCompleted completed(Predicate<BatchCompleted> which) {
        return Eyes.eventually(
                "a complete batch", () -> batches().stream().filter(which).findFirst());
    }

    private HttpResponse<String> post(String body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(jobs())
                            .header("content-type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private JsonNode get(String location) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(jobs().resolve(location)).build();
            return new JsonMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI jobs() {
        return pipeline.service(Part.BATCH_JOB).resolve("/jobs");
    }
}
