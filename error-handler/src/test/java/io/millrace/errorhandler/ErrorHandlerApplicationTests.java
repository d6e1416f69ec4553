package io.millrace.errorhandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.Event;
import io.millrace.events.EventData;
import io.millrace.events.EventIds;
import io.millrace.events.EventJson;
import io.millrace.events.ExecutionFailed;
import io.millrace.events.FailureAlarm;
import io.millrace.events.FailureRecord;
import io.millrace.events.LoadRequest;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskSucceeded;
import io.millrace.events.TraceParent;
import io.millrace.streambinderaws.payload.PayloadReference;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ErrorHandlerApplicationTests {

    private static final EventJson EVENTS = new EventJson();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant TIME = Instant.parse("2026-11-23T10:15:30Z");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Map<String, String> REASON =
            Map.of(
                    "x-original-queue", "millrace-task-render-image",
                    "x-exception-type", "java.lang.IllegalStateException",
                    "x-exception-message", "no disk",
                    "x-receive-count", "5");

    private static StepFunctions stepFunctions;
    private static ConfigurableApplicationContext application;

    private final String id = "tests/" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        stepFunctions = new StepFunctions();
        Cloud.LOCAL.statesEndpoint(stepFunctions.endpoint());
        application =
                ErrorHandlerApplication.builder()
                        .run(
                                "--AWS_ENDPOINT_URL=" + Cloud.endpoint(),
                                "--millrace.step-functions.access-key-id=shared",
                                "--millrace.step-functions.secret-access-key=secret",
                                // ElasticMQ ends no long poll for what it moves to the queue.
                                "--spring.cloud.stream.aws.bindings.failure-in-0.consumer.wait-time=1s",
                                "--server.port=0");
    }

    @AfterAll
    static void stop() {
        application.close();
        stepFunctions.close();
    }

    @Test
    void anExecutionThatWaitsIsTheOneThatIsTold() {
        send(event(task("waits/" + id)), REASON);
        var answer = answerTo("waits/" + id);
        assertThat(answer.path("error").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(answer.path("cause").asString()).isEqualTo("no disk");
        assertThat(deadLettersUpTo(id + "/after")).doesNotContain(id);
    }

    @Test
    void callsAreSignedWithTheKeyThatTheOrchestratorHasToo() {
        send(event(task("waits/" + id)), REASON);
        answerTo("waits/" + id);
        assertThat(stepFunctions.authorizations)
                .isNotEmpty()
                .allMatch(each -> each.startsWith("AWS4-HMAC-SHA256 Credential=shared/"));
    }

    @Test
    void anAnswerIsGivenThroughTheApi() {
        send(event(new TaskSucceeded("waits/" + id, JSON.readTree("{\"w\":800}"))), REASON);
        assertThat(answerTo("waits/" + id).path("output").asString()).isEqualTo("{\"w\":800}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TaskTimedOut", "TaskDoesNotExist", "InvalidToken", "ValidationException"})
    void aTaskNobodyWaitsForIsARecord(String refusal) {
        send(event(task(refusal + "/" + id)), REASON);
        var record = deadLetter(each -> each.originalId().equals(Optional.of(id)));
        assertThat(record.data().executionArn()).contains("arn:execution:" + id);
        assertThat(record.data().failedState()).contains("Render");
        assertThat(record.data().attempts()).isEqualTo(5);
    }

    @Test
    void whileStepFunctionsIsAwayNothingIsLost() {
        send(event(task("away/" + id)), REASON);
        answerTo("away/" + id);
        assertThat(deadLettersUpTo(id + "/after")).doesNotContain(id);
    }

    @Test
    void anExecutionIsARecord() {
        send(
                event(
                        new ExecutionFailed(
                                "arn:execution:" + id,
                                "arn:machine",
                                "FAILED",
                                "Image.Unreadable",
                                "ends early",
                                "Render",
                                3,
                                JSON.readTree("{\"key\":\"a.jpg\"}"))),
                Map.of());
        var record = deadLetter(each -> each.originalId().equals(Optional.of(id)));
        assertThat(record.id()).isEqualTo("failure/" + EventIds.hash("arn:execution:" + id));
        assertThat(record.data().error()).isEqualTo("Image.Unreadable");
        assertThat(record.data().payload().text()).contains("{\"key\":\"a.jpg\"}");
        assertThat(record.trace().map(TraceParent::value)).contains(TRACE);
    }

    @Test
    void bytesOfAnyKindAreARecordWordForWord() {
        var body = "\u0009no {json, \"" + id + "\" ☃ \\";
        var messageId = send(body, Map.of());
        var record = deadLetter(each -> each.payload().text().equals(Optional.of(body)));
        assertThat(record.id()).isEqualTo("failure/" + EventIds.hash(messageId));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+json",
                "application/x-java-object",
                "text/plain;charset=nonsense",
                "no type",
                "application/octet-stream"
            })
    void aContentTypeChangesNothing(String contentType) {
        var body = event(new LoadRequest("image", JSON.readTree("{\"a\":1}")));
        send(body, Map.of("contentType", contentType));
        var record = deadLetter(each -> each.originalId().equals(Optional.of(id)));
        assertThat(record.data().payload().text()).contains(body);
    }

    @Test
    void tenAttributesAreNotTooMany() {
        var attributes = new HashMap<>(REASON);
        for (var each = 0; each < 6; each++) {
            attributes.put("own-" + each, "value");
        }
        send(event(new LoadRequest("image", JSON.readTree("{}"))), attributes);
        var record = deadLetter(each -> each.originalId().equals(Optional.of(id)));
        assertThat(record.data().origin()).isEqualTo("millrace-task-render-image");
    }

    @Test
    void attributesThatMakeNoSenseTellNothing() {
        send(
                event(new LoadRequest("image", JSON.readTree("{}"))),
                Map.of("x-receive-count", "many", "x-exception-type", " "));
        var record = deadLetter(each -> each.originalId().equals(Optional.of(id)));
        assertThat(record.data().attempts()).isZero();
        assertThat(record.data().error()).isEqualTo("Millrace.HandlerCrashed");
        assertThat(record.data().origin()).isEqualTo("/tests");
    }

    @Test
    void aMessageThatSqsMovedTellsItsQueue() {
        var load = Cloud.queue("millrace-load");
        Cloud.SQS.sendMessage(request ->
                request.queueUrl(load)
                        .messageBody(event(new LoadRequest("image", JSON.readTree("{}")))));
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                        // As a handler that dies each time does it.
                        Cloud.SQS
                                .receiveMessage(request ->
                                        request.queueUrl(load)
                                                .visibilityTimeout(0)
                                                .waitTimeSeconds(0))
                                .messages()
                                .isEmpty());
        var record = deadLetter(each -> each.originalId().equals(Optional.of(id)));
        assertThat(record.data().origin()).isEqualTo("millrace-load");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "漢"})
    void aPayloadTooLongForARecordLiesInABucket(String filling) {
        // Together with its escapes or in UTF-8 beyond what a message takes.
        var times = filling.equals("x") ? 170_000 : 85_000;
        var body = id + filling.repeat(filling.equals("漢") ? times - 5_000 : times);
        send(body, Map.of());
        var record =
                deadLetter(each ->
                        each.payload()
                                .location()
                                .filter(location -> object(location).equals(body))
                                .isPresent());
        assertThat(record.data().payload().location().orElseThrow())
                .isEqualTo("s3://millrace-results/" + record.id().replace("failure/", "failures/"));
    }

    @Test
    void aReferenceIsTakenForWhatItRefersTo() {
        var place = new PayloadReference("millrace-results", "payloads/" + UUID.randomUUID());
        Cloud.S3.putObject(
                request -> request.bucket(place.bucket()).key(place.key()),
                RequestBody.fromString(event(new LoadRequest("image", JSON.readTree("{}")))));
        send(place.body(), from("millrace-load", "Broken"));
        var record = deadLetter(each -> each.originalId().equals(Optional.of(id)));
        assertThat(record.data().payload().text())
                .hasValueSatisfying(text -> assertThat(text).contains(id));
    }

    @Test
    void aReferenceToNothingIsARecordOfItself() {
        var place = new PayloadReference("millrace-results", "payloads/" + UUID.randomUUID());
        send(place.body(), from("millrace-load", "Broken"));
        deadLetter(each -> each.payload().text().equals(Optional.of(place.body())));
    }

    @Test
    void whatFailsAlikeIsOneGroupWithOneAlarm() {
        var alarms = Cloud.subscriberOf("millrace-alarms");
        for (var no = 1; no <= 3; no++) {
            send(loadRequest(no), from(id, "Broken"));
        }
        var group = groupOnceItHas(3);
        assertThat(group.path("error").asString()).isEqualTo("Broken");
        assertThat(group.path("firstSeen").asString())
                .isLessThanOrEqualTo(group.path("lastSeen").asString());
        // Before the record of the failure after these, there is no other alarm.
        deadLettersUpTo(id + "/after");
        assertThat(Cloud.take(alarms))
                .map(message -> EVENTS.read(bytes(message), FailureAlarm.class))
                .filteredOn(event -> event.data().origin().equals(id))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.data().group()).isEqualTo(group.path("id").asString());
                    assertThat(event.data().count()).isEqualTo(1);
                    assertThat(event.id()).startsWith("alarm/" + event.data().group() + "/");
                });
    }

    @Test
    void aFailureThatComesAgainCountsOnceInItsGroup() {
        for (var time = 1; time <= 3; time++) {
            send(loadRequest(7), from(id, "Broken"));
        }
        send(loadRequest(8), from(id, "Broken"));
        deadLettersUpTo(id + "/after");
        assertThat(groupOnceItHas(2).path("count").asInt()).isEqualTo(2);
    }

    @Test
    void overHttpTheyAreFoundByFunctionErrorStateAndTimeAndReplayedAndDropped() {
        var queue = "own-" + UUID.randomUUID();
        var url = Cloud.SQS.createQueue(request -> request.queueName(queue)).queueUrl();
        send(loadRequest(1), from(queue, "Broken"));
        send(loadRequest(2), from(queue, "Late"));
        var all = "/dead-letters?function=" + queue;
        // As many as there are: looking for more takes until the queue seems empty.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> http("GET", all + "&limit=2").size() == 2);

        var broken = http("GET", all + "&error=Bro*&since=2026-01-01T00:00:00Z&limit=1").path(0);
        assertThat(broken.path("error").asString()).isEqualTo("Broken");
        assertThat(http("GET", all + "&state=Render&until=2099-01-01T00:00:00Z")).isEmpty();
        assertThat(http("GET", "/dead-letters/groups").valueStream())
                .filteredOn(group -> group.path("id").equals(broken.path("groupId")))
                .singleElement()
                .satisfies(group ->
                        assertThat(group.path("sample").asString())
                                .isEqualTo(broken.path("id").asString()));

        var replay = "/dead-letters/replay?function=" + queue + "&error=Broken&limit=1";
        assertThat(http("POST", replay + "&dryRun=true").path(0).path("sent").asBoolean())
                .isFalse();
        assertThat(http("POST", replay + "&rate=100").path(0).path("sent").asBoolean()).isTrue();
        assertThat(Cloud.take(url)).extracting(Message::body).containsExactly(loadRequest(1));
        assertThat(http("DELETE", all))
                .extracting(each -> each.path("error").asString(""))
                .containsExactly("Late");
    }

    @Test
    void whatCannotBeDoneOverHttpIsSaid() {
        assertThat(http("DELETE", "/dead-letters").path("detail").asString()).contains("all=true");
        assertThat(http("GET", "/dead-letters?since=2h").path("detail").asString())
                .contains("since");
        assertThat(http("POST", "/dead-letters/replay?rate=-1").path("detail").asString())
                .contains("use 0 for no limit");
    }

    private String loadRequest(int no) {
        return eventOf(id + "/" + no, new LoadRequest("image", JSON.readTree("{}")));
    }

    private static Map<String, String> from(String queue, String error) {
        return Map.of("x-original-queue", queue, "x-exception-type", error);
    }

    private JsonNode groupOnceItHas(int count) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> group(id), group -> group.path("count").asInt(0) == count);
    }

    /** The group of an origin. */
    private static JsonNode group(String origin) {
        return http("GET", "/dead-letters/groups")
                .valueStream()
                .filter(each -> each.path("origin").asString().equals(origin))
                .findFirst()
                .orElse(JSON.missingNode());
    }

    private static JsonNode http(String method, String path) {
        var port = application.getEnvironment().getRequiredProperty("local.server.port");
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Message message) {
        return message.body().getBytes(StandardCharsets.UTF_8);
    }

    private static String object(String location) {
        var parts = location.substring("s3://".length()).split("/", 2);
        return Cloud.S3
                .getObjectAsBytes(request -> request.bucket(parts[0]).key(parts[1]))
                .asUtf8String();
    }

    private static JsonNode answerTo(String token) {
        return await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () ->
                                stepFunctions.answers.stream()
                                        .filter(each ->
                                                each.path("taskToken").asString("").equals(token))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private Event<FailureRecord> deadLetter(Predicate<FailureRecord> wanted) {
        return await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () ->
                                Cloud.take(Cloud.queue("millrace-dead-letters")).stream()
                                        .map(ErrorHandlerApplicationTests::record)
                                        .filter(each -> wanted.test(each.data()))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The ids of the events in the dead letters, up to one that is sent for the purpose. */
    private List<String> deadLettersUpTo(String last) {
        send(eventOf(last, new LoadRequest("image", JSON.readTree("{}"))), Map.of());
        var ids = new ArrayList<String>();
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    Cloud.take(Cloud.queue("millrace-dead-letters")).stream()
                            .map(ErrorHandlerApplicationTests::record)
                            .forEach(each -> each.data().originalId().ifPresent(ids::add));
                    return ids.contains(last);
                });
        return ids;
    }

    private static Event<FailureRecord> record(Message message) {
        return EVENTS.read(message.body().getBytes(StandardCharsets.UTF_8), FailureRecord.class);
    }

    private static String send(String body, Map<String, String> attributes) {
        var values = new HashMap<String, MessageAttributeValue>();
        attributes.forEach((name, value) ->
                values.put(
                        name,
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(value)
                                .build()));
        return Cloud.SQS
                .sendMessage(request ->
                        request.queueUrl(Cloud.queue("millrace-failures"))
                                .messageBody(body)
                                .messageAttributes(values))
                .messageId();
    }

    private TaskRequest task(String token) {
        return new TaskRequest(token, "arn:execution:" + id, "Render", 0, JSON.readTree("{}"));
    }

    private String event(EventData data) {
        return eventOf(id, data);
    }

    private static String eventOf(String id, EventData data) {
        return new String(
                EVENTS.write(
                        Event.of(id, URI.create("/tests"), TIME, data)
                                .withTrace(TraceParent.parse(TRACE))),
                StandardCharsets.UTF_8);
    }
}
