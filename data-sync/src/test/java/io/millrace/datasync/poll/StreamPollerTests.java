package io.millrace.datasync.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.datasync.TestCloud;
import io.millrace.datasync.aws.DynamoDbLeases;
import io.millrace.datasync.aws.DynamoDbStreamSource;
import io.millrace.datasync.lease.LeaseStore;
import io.millrace.datasync.stream.StreamSource.Change;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Replicas with threads over DynamoDB Local. */
class StreamPollerTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String table = "watched-" + UUID.randomUUID();
    private final List<StreamPoller> pollers = new ArrayList<>();
    private final Queue<String> delivered = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void createTable() {
        TestCloud.dynamoDb()
                .createTable(request ->
                        request.tableName(table)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(
                                        AttributeDefinition.builder()
                                                .attributeName("id")
                                                .attributeType(ScalarAttributeType.S)
                                                .build())
                                .keySchema(
                                        KeySchemaElement.builder()
                                                .attributeName("id")
                                                .keyType(KeyType.HASH)
                                                .build())
                                .streamSpecification(stream ->
                                        stream.streamEnabled(true)
                                                .streamViewType(StreamViewType.NEW_IMAGE)));
    }

    @AfterEach
    void stop() {
        pollers.forEach(StreamPoller::stop);
    }

    @Test
    void aReplicaThatHangsIsReplacedAndLosesItsSay() {
        var hanging = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        start(
                "one",
                records -> {
                    entered.countDown();
                    uninterruptibly(hanging);
                    records.forEach(this::delivered);
                });
        put("1");
        uninterruptibly(entered);
        start("two", records -> records.forEach(this::delivered));
        await().atMost(PATIENCE).until(() -> delivered.contains("1"));
        put("2");
        await().atMost(PATIENCE).until(() -> delivered.contains("2"));
        hanging.countDown();
        put("3");
        await().atMost(PATIENCE).until(() -> delivered.contains("3"));
        // The first replica told of its page once more, which its ids make harmless, and no
        // further.
        assertThat(delivered.stream().filter("2"::equals)).hasSize(1);
        assertThat(delivered.stream().filter("3"::equals)).hasSize(1);
    }

    @Test
    void aReplicaThatIsKilledBeforeItsCheckpointIsReplacedAndItsPageComesAgain() {
        var killed = new AtomicBoolean();
        var by = new ConcurrentLinkedQueue<String>();
        start(
                "one",
                records -> {
                    if (killed.get()) {
                        throw new IllegalStateException("killed");
                    }
                    by.add("one");
                    records.forEach(this::delivered);
                    killed.set(true);
                },
                killed);
        put("1");
        await().atMost(PATIENCE).until(killed::get);
        put("2");
        start(
                "two",
                records -> {
                    by.add("two");
                    records.forEach(this::delivered);
                });
        await().atMost(PATIENCE).until(() -> delivered.contains("2"));
        assertThat(delivered).containsExactly("1", "1", "2");
        assertThat(by).startsWith("one", "two").containsOnlyOnce("one");
    }

    @Test
    void aStoppedReplicaHandsOverAtOnceAndNothingIsRepeated() {
        start("one", records -> records.forEach(this::delivered));
        put("1");
        await().atMost(PATIENCE).until(() -> delivered.contains("1"));
        pollers.removeFirst().stop();
        start("two", records -> records.forEach(this::delivered));
        put("2");
        await().atMost(PATIENCE).until(() -> delivered.contains("2"));
        assertThat(delivered).containsExactly("1", "2");
    }

    @Test
    void aTableWithoutAStreamIsToldAsTrouble() {
        var poller = poller("one", "millrace-results", _ -> {});
        poller.start();
        await().atMost(PATIENCE).until(() -> poller.trouble().isPresent());
        assertThat(poller.trouble().orElseThrow()).contains("NEW_AND_OLD_IMAGES");
    }

    private void start(String name, Delivery delivery) {
        poller(name, table, delivery).start();
    }

    private void start(String name, Delivery delivery, AtomicBoolean killed) {
        poller(name, table, delivery, killed).start();
    }

    private StreamPoller poller(String name, String of, Delivery delivery) {
        return poller(name, of, delivery, new AtomicBoolean());
    }

    private StreamPoller poller(String name, String of, Delivery delivery, AtomicBoolean killed) {
        var source = new DynamoDbStreamSource(TestCloud.dynamoDb(), TestCloud.streams(), of, 100);
        var poller =
                new StreamPoller(
                        name,
                        source,
                        mortal(
                                new DynamoDbLeases(
                                        TestCloud.dynamoDb(),
                                        "millrace-leases",
                                        source::name,
                                        InstantSource.system()),
                                killed),
                        delivery,
                        new PollSettings(
                                Duration.ofMillis(20),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1)),
                        new PollMetrics(new SimpleMeterRegistry(), InstantSource.system()),
                        InstantSource.system());
        pollers.add(poller);
        return poller;
    }

    /** Leases that whoever is killed reaches no more: as far as others see, it is gone. */
    private static LeaseStore mortal(LeaseStore leases, AtomicBoolean killed) {
        return (LeaseStore)
                Proxy.newProxyInstance(
                        LeaseStore.class.getClassLoader(),
                        new Class<?>[] {LeaseStore.class},
                        (_, method, arguments) -> {
                            if (killed.get()) {
                                throw new IllegalStateException("killed");
                            }
                            return method.invoke(leases, arguments);
                        });
    }

    private void put(String id) {
        TestCloud.dynamoDb()
                .putItem(request ->
                        request.tableName(table).item(Map.of("id", AttributeValue.fromS(id))));
    }

    private void delivered(Change change) {
        delivered.add(change.json().path("dynamodb").path("Keys").path("id").path("S").asString());
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
