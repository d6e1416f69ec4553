package io.millrace.datasync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.LoadRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.json.JsonMapper;

class DataSyncApplicationTests {

    private static ConfigurableApplicationContext service;

    private final String customer = "customer#" + UUID.randomUUID();
    private final List<Message> loads = new ArrayList<>();
    private final List<Message> failures = new ArrayList<>();

    @BeforeAll
    static void start() {
        service =
                DataSyncApplication.builder()
                        .run(
                                "--AWS_ENDPOINT_URL=" + TestCloud.endpoint(),
                                "--server.port=0",
                                "--millrace.data-sync.idle=50ms",
                                "--millrace.data-sync.lease-duration=4s");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everyChangeBecomesALoadRequest() {
        write("sk-1", Map.of("type", "customer", "name", "first"));
        write("sk-1", Map.of("type", "customer", "name", "second"));
        await().atMost(Duration.ofSeconds(20)).until(() -> receive().requests().size() == 2);
        assertThat(received().requests())
                .extracting(each -> each.data().payload().path("eventName").asString())
                .containsExactlyInAnyOrder("INSERT", "MODIFY");
        assertThat(received().requests())
                .allSatisfy(each -> {
                    assertThat(each.id()).startsWith("millrace-records/");
                    assertThat(each.data().kind()).isEqualTo("record");
                    assertThat(each.trace()).isPresent();
                });
    }

    @Test
    void aPoisonedRecordGoesToTheFailuresAndHoldsUpNothing() {
        write("sk-1", Map.of("name", "no type"));
        write("sk-2", Map.of("type", "customer"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> receive().requests().size() == 1 && !receive().poisoned().isEmpty());
        var failure = received().poisoned().getFirst();
        var record = new JsonMapper().readTree(failure.body());
        assertThat(record.path("dynamodb").path("NewImage").path("name").path("S").asString())
                .isEqualTo("no type");
        assertThat(attribute(failure, "x-original-queue"))
                .contains("table/millrace-records/stream");
        assertThat(attribute(failure, "x-exception-message")).contains("'type'");
        assertThat(attribute(failure, "x-exception-type")).endsWith("UnloadableRecord");
    }

    @Test
    void aReplicaThatStartsLaterGoesOnWhereTheFirstStopped() {
        write("sk-1", Map.of("type", "customer"));
        await().atMost(Duration.ofSeconds(20)).until(() -> receive().requests().size() == 1);
        stop();
        write("sk-2", Map.of("type", "customer"));
        start();
        await().atMost(Duration.ofSeconds(20)).until(() -> receive().requests().size() == 2);
        assertThat(received().requests().stream().map(Event::id).distinct()).hasSize(2);
    }

    @Test
    void manyChangesOfOneMomentAllArrive() {
        IntStream.range(0, 60).forEach(each -> write("sk-" + each, Map.of("type", "customer")));
        await().atMost(Duration.ofSeconds(20)).until(() -> receive().requests().size() == 60);
        assertThat(received().requests().stream().map(Event::id).distinct()).hasSize(60);
    }

    @Test
    void healthTellsOfTheLag() {
        var health = service.getBean("streamHealthIndicator", HealthIndicator.class);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> {
                    var now = health.health();
                    assertThat(now.getStatus()).isEqualTo(Status.UP);
                    assertThat(now.getDetails()).containsKey("lag");
                });
    }

    private void write(String sk, Map<String, String> attributes) {
        var item = new HashMap<String, AttributeValue>();
        item.put("pk", AttributeValue.fromS(customer));
        item.put("sk", AttributeValue.fromS(sk));
        attributes.forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
        TestCloud.dynamoDb().putItem(request -> request.tableName("millrace-records").item(item));
    }

    private DataSyncApplicationTests receive() {
        drain("millrace-load", loads);
        drain("millrace-failures", failures);
        return this;
    }

    private DataSyncApplicationTests received() {
        return this;
    }

    private List<Event<LoadRequest>> requests() {
        return loads.stream()
                .map(message ->
                        new EventJson()
                                .read(
                                        message.body().getBytes(StandardCharsets.UTF_8),
                                        LoadRequest.class))
                .filter(event ->
                        event.data()
                                .payload()
                                .path("keys")
                                .path("pk")
                                .asString("")
                                .equals(customer))
                .toList();
    }

    private List<Message> poisoned() {
        return failures.stream().filter(message -> message.body().contains(customer)).toList();
    }

    private static void drain(String queue, List<Message> into) {
        var url = TestCloud.sqs().getQueueUrl(request -> request.queueName(queue)).queueUrl();
        while (true) {
            var messages =
                    TestCloud.sqs()
                            .receiveMessage(request ->
                                    request.queueUrl(url)
                                            .maxNumberOfMessages(10)
                                            .waitTimeSeconds(0)
                                            .messageAttributeNames("All"))
                            .messages();
            if (messages.isEmpty()) {
                return;
            }
            into.addAll(messages);
            messages.forEach(message ->
                    TestCloud.sqs()
                            .deleteMessage(request ->
                                    request.queueUrl(url).receiptHandle(message.receiptHandle())));
        }
    }

    private static String attribute(Message message, String name) {
        return message.messageAttributes().get(name).stringValue();
    }
}
