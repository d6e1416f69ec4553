package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.BatchCompleted;
import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.FailureAlarm;
import io.millrace.launcher.Part;
import io.millrace.launcher.demo.Triggers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.json.JsonMapper;

/**
 * What failed comes home by one command, once what was wrong is mended. Takes a minute, so it runs
 * where {@code MILLRACE_REPLAY} is {@code true}.
 */
@EnabledIfEnvironmentVariable(named = "MILLRACE_REPLAY", matches = "true")
class ReplayTests {

    private static final int LINES = 2_000;
    private static final int POISONED = 100;

    /** A mapping with a mistake: it cannot do every twentieth line. */
    private static final Map<String, String> MISTAKEN =
            Map.of(
                    "millrace.transform-load.mappings.work-item",
                    "($assert(line %% %d != 0, 'poisoned'); {'line': line, 'item': item})"
                            .formatted(LINES / POISONED));

    private static final Pattern SENT = Pattern.compile("([0-9a-f]{32})  sent to .*work-items");

    private static Pipeline pipeline;
    private static Eyes eyes;
    private static Dlq dlq;

    @BeforeAll
    static void start() throws InterruptedException {
        var apart = EnumSet.complementOf(EnumSet.of(Part.BATCH_JOB, Part.ERROR_HANDLER));
        pipeline = Pipeline.start("replay", apart);
        eyes = new Eyes(pipeline);
        dlq = new Dlq(pipeline);
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @Test
    void aHundredPoisonedAmongTwoThousandComeHomeByOneCommandOnceTheHandlerIsMended()
            throws Exception {
        pipeline.add(Part.TRANSFORM_LOAD, MISTAKEN);
        var alarms = subscriberOfAlarms();
        // Not among those that are to come home.
        eyes.send("LoadQueue", "no event at all");
        var job = startBatch();
        await(
                "the dead letters, and the end of everything else",
                () ->
                        waiting("DeadLettersQueue") == POISONED + 1
                                && waiting("WorkItemsQueue") == 0);
        assertThat(eyes.items(job + "/")).isEqualTo(LINES - POISONED);
        assertThat(dlq.run("list", "--function", "*work-items"))
                .endsWith("%d dead letters".formatted(POISONED));
        assertThat(dlq.run("replay", "--dry-run", "--function", "*work-items"))
                .endsWith("%d would be replayed".formatted(POISONED));

        assertThat(dlq.run("groups").lines())
                .filteredOn(line -> line.contains("work-items"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .matches(" *%d  .*MappingFailed".formatted(POISONED));
        assertThat(published(alarms))
                .extracting(alarm -> alarm.data().origin())
                .as("an alarm for each of the two groups")
                .containsExactlyInAnyOrder(
                        pipeline.aws().name("WorkItemsQueue"), pipeline.aws().name("LoadQueue"));

        pipeline.add(Part.TRANSFORM_LOAD, Map.of());
        var told = dlq.run("replay", "--function", "*work-items", "--error", "*MappingFailed");

        assertThat(told).endsWith("%d replayed, 0 stay".formatted(POISONED));
        assertThat(told.lines().flatMap(line -> SENT.matcher(line).results()).map(r -> r.group(1)))
                .hasSize(POISONED)
                .doesNotHaveDuplicates();
        assertThat(dlq.run("drop", "--function", "*load")).endsWith("1 dropped");
        await("the end of the batch", () -> !batches().isEmpty());
        assertThat(batches()).containsExactly(new BatchCompleted(job, LINES, 0));
        assertThat(eyes.items(job + "/")).isEqualTo(LINES);
        assertThat(eyes.objects("archive/kind=work-item/")).hasSize(LINES);
        assertThat(eyes.announcements(id -> id.startsWith(job + "/")))
                .extracting(event -> event.data().resultId())
                .containsExactlyInAnyOrderElementsOf(ids(job));
        assertThat(pipeline.observer().repeats()).as("announced twice").isZero();
        await("queues with nothing in them", () -> waiting("WorkItemsQueue") == 0);
        assertThat(waiting("FailuresQueue") + waiting("DeadLettersQueue")).isZero();
    }

    private static List<String> ids(String job) {
        return IntStream.rangeClosed(1, LINES).mapToObj(line -> job + "/" + line).toList();
    }

    private static String startBatch() throws Exception {
        pipeline.triggers()
                .layOut(
                        "orders.csv",
                        Triggers.orders(LINES, 0, 1).getBytes(StandardCharsets.UTF_8),
                        "text/csv");
        var response =
                pipeline.triggers()
                        .startBatch(pipeline.service(Part.BATCH_JOB), "orders.csv", "replay");
        return new JsonMapper().readTree(response.body()).path("id").asString();
    }

    private static List<BatchCompleted> batches() {
        return pipeline.observer().announced().values().stream()
                .map(event -> event.data())
                .filter(BatchCompleted.class::isInstance)
                .map(BatchCompleted.class::cast)
                .toList();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(condition);
    }

    private static String subscriberOfAlarms() {
        var aws = pipeline.aws();
        var name = pipeline.prefix() + "alarms-subscriber";
        var url = aws.sqs().createQueue(request -> request.queueName(name)).queueUrl();
        var arn =
                aws.sqs()
                        .getQueueAttributes(request ->
                                request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN);
        aws.sns()
                .subscribe(request ->
                        request.topicArn(aws.topicArn("AlarmsTopic"))
                                .protocol("sqs")
                                .endpoint(arn)
                                .attributes(Map.of("RawMessageDelivery", "true")));
        return url;
    }

    private static List<Event<FailureAlarm>> published(String subscriber) {
        return pipeline
                .aws()
                .sqs()
                .receiveMessage(request ->
                        request.queueUrl(subscriber).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages()
                .stream()
                .map(message -> message.body().getBytes(StandardCharsets.UTF_8))
                .map(body -> new EventJson().read(body, FailureAlarm.class))
                .toList();
    }

    /** How many messages a queue has, received or not. */
    private static int waiting(String queue) {
        var counts =
                List.of(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
        var attributes =
                pipeline.aws()
                        .sqs()
                        .getQueueAttributes(request ->
                                request.queueUrl(pipeline.aws().queueUrl(queue))
                                        .attributeNames(counts))
                        .attributes();
        return counts.stream().mapToInt(name -> Integer.parseInt(attributes.get(name))).sum();
    }
}
