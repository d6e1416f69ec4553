package io.millrace.batchjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.BatchCompleted;
import io.millrace.events.Event;
import io.millrace.events.EventData;
import io.millrace.events.EventJson;
import io.millrace.events.WorkDone;
import io.millrace.events.WorkItem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchJobApplicationTests {

    private static final EventJson EVENTS = new EventJson();
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Message> items = new ArrayList<>();
    private static final List<Message> failures = new ArrayList<>();
    private static final List<Message> announced = new ArrayList<>();

    private static ConfigurableApplicationContext service;
    private static URI jobs;

    private final String key = "orders/" + UUID.randomUUID() + ".csv";

    @BeforeAll
    static void start() {
        subscribe();
        service =
                BatchJobApplication.builder()
                        .run(
                                "--AWS_ENDPOINT_URL=" + TestCloud.endpoint(),
                                "--server.port=0",
                                "--millrace.batch.page-size=40",
                                "--millrace.batch.chunk-size=1KB");
        var server = ((WebServerApplicationContext) service).getWebServer();
        jobs = URI.create("http://localhost:%d/jobs".formatted(server.getPort()));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aBatchGoesFromRequestToAnnouncement() throws Exception {
        put(orders(100, 60));
        var response = post("{\"bucket\":\"millrace-batches\",\"key\":\"%s\"}".formatted(key));
        assertThat(response.statusCode()).isEqualTo(202);
        var location = response.headers().firstValue("location").orElseThrow();
        var job = location.substring(location.lastIndexOf('/') + 1);

        await().atMost(Duration.ofSeconds(30)).until(() -> items(job).size() == 99);
        assertThat(items(job).stream().map(each -> each.trace().orElseThrow().traceId()).distinct())
                .as("a job is read in one trace")
                .hasSize(1);
        var malformed = failure(job);
        assertThat(malformed.body()).contains("order-60");
        assertThat(attribute(malformed, "x-original-queue"))
                .isEqualTo("s3://millrace-batches/" + key);
        assertThat(attribute(malformed, "x-exception-message")).contains("record 60", "line 61");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(get(job).path("total").asLong(0)).isEqualTo(100));
        assertThat(get(job).path("status").asString()).isEqualTo("RUNNING");
        assertThat(get(job).path("sent").asLong()).isEqualTo(99);
        assertThat(get(job).path("failed").asLong()).isEqualTo(1);
        assertThat(get(job).path("remaining").asLong()).isEqualTo(99);

        items(job).forEach(BatchJobApplicationTests::finish);
        // SQS may deliver twice, and so may whoever tells.
        items(job).stream().limit(20).forEach(BatchJobApplicationTests::finish);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get(job).path("status").asString().equals("COMPLETE"));
        assertThat(get(job).path("done").asLong()).isEqualTo(99);
        await().atMost(Duration.ofSeconds(10)).until(() -> !completed(job).isEmpty());
        assertThat(completed(job).stream().map(Event::id).distinct()).hasSize(1);
        assertThat(completed(job).getFirst().data()).isEqualTo(new BatchCompleted(job, 100, 1));
        assertThat(list()).contains(job);
    }

    @Test
    void aJobIsCancelledOnceAndNotPausedAfterThat() throws Exception {
        put(orders(40_000, 0));
        var response = post("{\"bucket\":\"millrace-batches\",\"key\":\"%s\"}".formatted(key));
        var job = JSON.readTree(response.body()).path("id").asString();
        assertThat(control(job, "pause").statusCode()).isEqualTo(200);
        assertThat(get(job).path("status").asString()).isEqualTo("PAUSED");
        assertThat(control(job, "cancel").body()).contains("CANCELLED");
        var refused = control(job, "pause");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("cannot be paused: it is cancelled");
        assertThat(control("none", "pause").statusCode()).isEqualTo(404);
    }

    @Test
    void aMessageThatIsNoEventCostsItsNeighboursNothing() throws Exception {
        put(orders(9, 0));
        var response = post("{\"bucket\":\"millrace-batches\",\"key\":\"%s\"}".formatted(key));
        var job =
                response.headers()
                        .firstValue("location")
                        .orElseThrow()
                        .substring("/jobs/".length());
        await().atMost(Duration.ofSeconds(30)).until(() -> items(job).size() == 9);
        var poison = "no event " + job;
        var bodies = new ArrayList<String>(List.of(poison));
        items(job).forEach(item -> bodies.add(done(item)));
        var index = new AtomicInteger();
        TestCloud.sqs()
                .sendMessageBatch(request ->
                        request.queueUrl(queue("millrace-work-done"))
                                .entries(
                                        bodies.stream()
                                                .map(body ->
                                                        SendMessageBatchRequestEntry.builder()
                                                                .id("m" + index.getAndIncrement())
                                                                .messageBody(body)
                                                                .build())
                                                .toList()));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get(job).path("status").asString().equals("COMPLETE"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(failure(job).body()).isEqualTo(poison));
        assertThat(attribute(failure(job), "x-original-queue")).isEqualTo("millrace-work-done");
    }

    @Test
    void aRequestThatIsRepeatedWithItsKeyStartsOneJob() throws Exception {
        put(orders(3, 0));
        var body = "{\"bucket\":\"millrace-batches\",\"key\":\"%s\"}".formatted(key);
        var token = UUID.randomUUID().toString();
        var first = post(body, "Idempotency-Key", token);
        var second = post(body, "Idempotency-Key", token);
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.headers().firstValue("location"))
                .isEqualTo(first.headers().firstValue("location"));
    }

    @Test
    void badRequestsAreProblems() throws Exception {
        assertProblem(
                post("{\"bucket\":\"millrace-batches\",\"key\":\"no.csv\"}"), 422, "no object");
        assertProblem(post("{\"bucket\":\"no-such-bucket\",\"key\":\"no.csv\"}"), 422, "no object");
        assertProblem(post("{\"bucket\":\"millrace-batches\"}"), 400, "'key'");
        assertProblem(post("not json"), 400, "");
        assertThat(send(HttpRequest.newBuilder(URI.create(jobs + "/none"))).statusCode())
                .isEqualTo(404);
    }

    private void put(String text) {
        TestCloud.s3()
                .putObject(
                        request -> request.bucket("millrace-batches").key(key),
                        RequestBody.fromString(text));
    }

    private static String orders(int count, int malformed) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(each ->
                        each == malformed
                                ? "order-" + each + "\n"
                                : "order-%d,%d.50\n".formatted(each, each))
                .collect(Collectors.joining("", "id,price\n", ""));
    }

    private static List<Event<WorkItem>> items(String job) {
        drain("millrace-work-items", items);
        return read(items, WorkItem.class).stream()
                .filter(event -> event.data().job().equals(job))
                .toList();
    }

    private static Message failure(String job) {
        drain("millrace-failures", failures);
        return failures.stream()
                .filter(message -> message.body().contains(job))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of " + job + " in the failures"));
    }

    private static List<Event<BatchCompleted>> completed(String job) {
        drain("announced", announced);
        return read(announced, BatchCompleted.class).stream()
                .filter(event -> event.data().job().equals(job))
                .toList();
    }

    private static <D extends EventData> List<Event<D>> read(
            List<Message> messages, Class<D> type) {
        return messages.stream()
                .map(message -> EVENTS.read(message.body().getBytes(StandardCharsets.UTF_8), type))
                .toList();
    }

    private static void finish(Event<WorkItem> item) {
        TestCloud.sqs()
                .sendMessage(request ->
                        request.queueUrl(queue("millrace-work-done")).messageBody(done(item)));
    }

    private static String done(Event<WorkItem> item) {
        var done = new WorkDone(item.data().job(), item.data().line());
        var event = Event.of(item.id(), URI.create("/tests"), Instant.now(), done);
        return new String(EVENTS.write(event), StandardCharsets.UTF_8);
    }

    private static void subscribe() {
        var url = TestCloud.sqs().createQueue(request -> request.queueName("announced")).queueUrl();
        var arn =
                TestCloud.sqs()
                        .getQueueAttributes(request ->
                                request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN);
        TestCloud.sns()
                .subscribe(request ->
                        request.topicArn(
                                        "arn:aws:sns:us-east-1:000000000000:millrace-notifications")
                                .protocol("sqs")
                                .endpoint(arn)
                                .attributes(Map.of("RawMessageDelivery", "true")));
    }

    private static String queue(String name) {
        return TestCloud.sqs().getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    private static void drain(String name, List<Message> into) {
        while (true) {
            var messages =
                    TestCloud.sqs()
                            .receiveMessage(request ->
                                    request.queueUrl(queue(name))
                                            .maxNumberOfMessages(10)
                                            .waitTimeSeconds(0)
                                            .visibilityTimeout(3600)
                                            .messageAttributeNames("All"))
                            .messages();
            if (messages.isEmpty()) {
                return;
            }
            into.addAll(messages);
        }
    }

    private static String attribute(Message message, String name) {
        return message.messageAttributes().get(name).stringValue();
    }

    private static HttpResponse<String> post(String body, String... headers) throws Exception {
        var request =
                HttpRequest.newBuilder(jobs)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private static JsonNode get(String job) throws Exception {
        return JSON.readTree(send(HttpRequest.newBuilder(URI.create(jobs + "/" + job))).body());
    }

    private static HttpResponse<String> control(String job, String action) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create("%s/%s/%s".formatted(jobs, job, action)))
                        .POST(BodyPublishers.noBody()));
    }

    private static String list() throws Exception {
        return send(HttpRequest.newBuilder(jobs)).body();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static void assertProblem(HttpResponse<String> response, int status, String says) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(response.body()).contains(says);
    }
}
