package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import io.millrace.events.Event;
import io.millrace.events.EventData;
import io.millrace.events.EventJson;
import io.millrace.events.LoadRequest;
import io.millrace.events.ResultStored;
import io.millrace.events.TraceParent;
import io.millrace.events.WorkDone;
import io.millrace.events.WorkItem;
import io.millrace.streambinderaws.payload.PayloadReference;
import io.millrace.transformload.mapping.InvalidMappings;
import io.millrace.transformload.mapping.MappingFailed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TransformLoadApplicationTests {

    private static final EventJson EVENTS = new EventJson();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant TIME = Instant.parse("2026-11-23T10:15:30Z");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static ConfigurableApplicationContext application;
    private static String subscriber;
    private static String failures;

    private final String id = "tests/" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        subscriber = Cloud.subscriber("millrace-notifications", "subscriber");
        failures = Cloud.queue("millrace-failures");
        application =
                TransformLoadApplication.builder()
                        .run(
                                "--AWS_ENDPOINT_URL=" + Cloud.endpoint(),
                                "--server.port=0",
                                "--millrace.transform-load.archive-linger=50ms",
                                "--spring.cloud.stream.aws.bindings.load-in-0.consumer.wait-time=1s",
                                "--spring.cloud.stream.aws.bindings.workItem-in-0.consumer.wait-time=1s",
                                "--millrace.transform-load.mappings.doubled={ \"a\": t, \"b\": t, \"c\": t }");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void anEventBecomesAnItemAnObjectAndANotification() {
        send("millrace-load", event(id, new LoadRequest("image", json("{\"w\":800}"))));
        var message = next(subscriber, each -> announces(each, id));
        var announced = EVENTS.read(bytes(message), ResultStored.class);
        assertThat(message.messageAttributes().get("eventId").stringValue()).isEqualTo(id);
        assertThat(message.messageAttributes().get("kind").stringValue()).isEqualTo("image");
        assertThat(announced.data().key()).startsWith("archive/kind=image/date=2026-11-23/");
        assertThat(object(announced.data()).path("document"))
                .isEqualTo(json("{\"kind\":\"image\",\"image\":{\"w\":800}}"));
        assertThat(item(id)).containsKeys("document", "storedAt");
    }

    @Test
    void eventsThatComeTogetherShareAnObjectWithALineEach() {
        var announced = new HashMap<String, ResultStored>();
        // That two come within the linger is a matter of time: some two of many do.
        await().atMost(Duration.ofSeconds(30))
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    for (var number = 0; number < 5; number++) {
                        var more = id + "/" + UUID.randomUUID();
                        send("millrace-load", event(more, new LoadRequest("record", json("{}"))));
                    }
                    Cloud.take(subscriber).stream()
                            .map(message -> EVENTS.read(bytes(message), ResultStored.class))
                            .forEach(event -> announced.put(event.id(), event.data()));
                    return announced.values().stream().anyMatch(each -> lines(each).size() > 1);
                });
        announced.forEach((result, stored) ->
                assertThat(
                                lines(stored).stream()
                                        .filter(line ->
                                                json(line).path("id").asString().equals(result)))
                        .hasSize(1));
    }

    @Test
    void theTraceGoesOn() {
        send("millrace-load", event(id, new LoadRequest("image", json("{}"))));
        var announced = EVENTS.read(bytes(next(subscriber, each -> announces(each, id))));
        assertThat(announced.trace().map(TraceParent::traceId))
                .contains(new TraceParent(TRACE).traceId());
    }

    @Test
    void anEventThatComesTwiceIsAnnouncedUnderOneId() {
        var request = event(id, new LoadRequest("webhook", json("{}")));
        send("millrace-load", request);
        send("millrace-load", request);
        var keys = new HashSet<String>();
        for (var time = 0; time < 2; time++) {
            var message = next(subscriber, each -> announces(each, id));
            keys.add(EVENTS.read(bytes(message), ResultStored.class).data().key());
        }
        assertThat(keys).hasSize(1);
    }

    @Test
    void aDocumentTooLargeForTheTableLiesInTheArchive() {
        var large = "漢".repeat(60_000);
        send(
                "millrace-load",
                event(id, new LoadRequest("doubled", json("{\"t\":\"%s\"}".formatted(large)))));
        var message = next(subscriber, each -> announces(each, id));
        var stored = EVENTS.read(bytes(message), ResultStored.class).data();
        assertThat(item(id)).doesNotContainKey("document").containsKey("archive");
        assertThat(object(stored).path("document").path("b").asString()).isEqualTo(large);
    }

    @Test
    void anEventThatNoMessageCarriesComesAsAReference() {
        var large = "x".repeat(300_000);
        var event = event(id, new LoadRequest("image", json("{\"t\":\"%s\"}".formatted(large))));
        var place = new PayloadReference("millrace-results", "payloads/" + UUID.randomUUID());
        Cloud.S3.putObject(
                request -> request.bucket(place.bucket()).key(place.key()),
                RequestBody.fromBytes(EVENTS.write(event)));
        send("millrace-load", place.body());
        var stored =
                EVENTS.read(
                                bytes(next(subscriber, each -> announces(each, id))),
                                ResultStored.class)
                        .data();
        assertThat(object(stored).at("/document/image/t").asString()).isEqualTo(large);
    }

    @Test
    void aLineIsDoneWhenItsResultIsThere() {
        var line = id + "/7";
        send("millrace-work-items", event(line, new WorkItem(id, 7, json("{\"id\":\"a\"}"))));
        var message = next(Cloud.queue("millrace-work-done"), each -> each.body().contains(id));
        assertThat(EVENTS.read(bytes(message), WorkDone.class).data())
                .isEqualTo(new WorkDone(id, 7));
        assertThat(item(line)).containsKey("document");
        assertThat(announces(next(subscriber, each -> announces(each, line)), line)).isTrue();
    }

    @Test
    void aLineThatIsNoItemFailsAtOnceWithItsReason() {
        send("millrace-work-items", event(id, new WorkItem("orders", 17, json("{\"sum\":1}"))));
        var failed = next(failures, each -> each.body().contains(id));
        assertThat(attribute(failed, "x-original-queue")).isEqualTo("millrace-work-items");
        assertThat(attribute(failed, "x-exception-type")).isEqualTo(MappingFailed.class.getName());
        assertThat(attribute(failed, "x-exception-message"))
                .contains("line 17 of orders has no id");
        assertThat(attribute(failed, "x-receive-count")).isEqualTo("1");
    }

    @Test
    void aKindWithoutMappingFailsAtOnce() {
        send("millrace-load", event(id, new LoadRequest("invoice", json("{}"))));
        var failed = next(failures, each -> each.body().contains(id));
        assertThat(attribute(failed, "x-exception-message")).contains("no mapping for 'invoice'");
        assertThat(item(id)).isEmpty();
    }

    @Test
    void whatIsNoEventFailsAtOnceWordForWord() {
        var body = "{\"no\": \"event\" , \"id\":\"" + id + "\"}";
        send("millrace-load", body);
        var failed = next(failures, each -> each.body().contains(id));
        assertThat(failed.body()).isEqualTo(body);
        assertThat(attribute(failed, "x-exception-type")).endsWith("InvalidEvent");
        assertThat(attribute(failed, "x-receive-count")).isEqualTo("1");
    }

    @Test
    void aMappingThatDoesNotCompileStopsTheStart() {
        assertThatException()
                .isThrownBy(() ->
                        TransformLoadApplication.builder()
                                .run(
                                        "--AWS_ENDPOINT_URL=" + Cloud.endpoint(),
                                        "--server.port=0",
                                        "--millrace.transform-load.mappings.invoice={"))
                .havingRootCause()
                .satisfies(cause ->
                        assertThat(cause)
                                .isInstanceOf(InvalidMappings.class)
                                .hasMessageContaining("invoice"));
    }

    private static Message next(String queue, Predicate<Message> wanted) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> Cloud.take(queue).stream().filter(wanted).findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static boolean announces(Message message, String id) {
        return EVENTS.read(bytes(message)).id().equals(id);
    }

    private static void send(String queue, Event<?> event) {
        send(queue, new String(EVENTS.write(event), StandardCharsets.UTF_8));
    }

    private static void send(String queue, String body) {
        Cloud.SQS.sendMessage(request ->
                request.queueUrl(Cloud.queue(queue))
                        .messageBody(body)
                        .messageAttributes(
                                Map.of(
                                        "traceparent",
                                        MessageAttributeValue.builder()
                                                .dataType("String")
                                                .stringValue(TRACE)
                                                .build())));
    }

    private static <D extends EventData> Event<D> event(String id, D data) {
        return Event.of(id, URI.create("/tests"), TIME, data).withTrace(TraceParent.parse(TRACE));
    }

    private static Map<String, AttributeValue> item(String id) {
        return Cloud.DYNAMO_DB
                .getItem(request ->
                        request.tableName(Cloud.RESULTS_TABLE)
                                .key(Map.of("id", AttributeValue.fromS(id)))
                                .consistentRead(true))
                .item();
    }

    private static JsonNode object(ResultStored stored) {
        return json(
                Cloud.S3
                        .getObjectAsBytes(
                                request -> request.bucket(stored.bucket()).key(stored.key()))
                        .asUtf8String());
    }

    private static List<String> lines(ResultStored stored) {
        return Cloud.S3
                .getObjectAsBytes(request -> request.bucket(stored.bucket()).key(stored.key()))
                .asUtf8String()
                .lines()
                .toList();
    }

    private static String attribute(Message message, String name) {
        return message.messageAttributes().get(name).stringValue();
    }

    private static byte[] bytes(Message message) {
        return message.body().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }
}
