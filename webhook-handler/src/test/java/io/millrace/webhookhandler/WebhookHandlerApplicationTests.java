package io.millrace.webhookhandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cloudresources.ResourceTemplate;
import io.millrace.events.Event;
import io.millrace.events.EventData;
import io.millrace.events.EventIds;
import io.millrace.events.EventJson;
import io.millrace.events.StartExecution;
import io.millrace.events.TaskFailed;
import io.millrace.events.TaskRequest;
import io.millrace.localcloud.LocalCloud;
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
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application over HTTP and between real queues. */
class WebhookHandlerApplicationTests {

    private static final ResourceTemplate NAMES = ResourceTemplate.millrace("millrace-");
    private static final byte[] KEY = "a key of twenty-four byt".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
    private static final String BODY = "{\"type\":\"order.created\",\"data\":{\"order\":1}}";

    /** One for all: what is signed is what is sent, also where a second ends in between. */
    private static String timestamp;

    private static LocalCloud cloud;
    private static ConfigurableApplicationContext application;
    private static SqsAsyncClient sqs;

    private final String id = "msg_" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        cloud = LocalCloud.builder().port(0).start();
        application =
                WebhookHandlerApplication.builder()
                        .run(
                                "--AWS_ENDPOINT_URL=" + cloud.endpoint(),
                                "--server.port=0",
                                "--millrace.webhook.max-body-size=1KB",
                                "--millrace.webhook.sources.demo.secrets=" + SECRET,
                                "--millrace.webhook.sources.slow.secrets=" + SECRET,
                                "--millrace.webhook.sources.slow.requests-per-second=1",
                                "--millrace.webhook.sources.hub.scheme=github",
                                "--millrace.webhook.sources.hub.secrets=It's a Secret to Everybody");
        sqs = application.getBean(SqsAsyncClient.class);
        timestamp = String.valueOf(Instant.now().getEpochSecond());
    }

    @AfterAll
    static void stop() {
        application.close();
        cloud.close();
    }

    @Test
    void aGenuineWebhookIsQueuedBeforeItIsAnswered() throws Exception {
        var response = post("demo", id, BODY, signature(id, BODY));
        assertThat(response.statusCode()).isEqualTo(202);
        var name = EventIds.executionName("demo/" + id);
        assertThat(json(response).path("executionArn").asString())
                .isEqualTo("arn:aws:states:us-east-1:000000000000:execution:webhook:" + name);
        var start = (StartExecution) receive("ExecutionsQueue").data();
        assertThat(start.name()).isEqualTo(name);
        assertThat(start.input().path("body").path("data").path("order").asInt()).isEqualTo(1);
    }

    @Test
    void aWrongSignatureIsAProblem401() throws Exception {
        var response = post("demo", id, BODY, signature(id, BODY + " "));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("content-type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(json(response).path("detail").asString()).contains("no signature");
    }

    @Test
    void aSourceThatNobodyConfiguredIsAProblem404() throws Exception {
        assertThat(post("nobody", id, BODY, signature(id, BODY)).statusCode()).isEqualTo(404);
    }

    @Test
    void aBodyThatIsTooLongIsAProblem413() throws Exception {
        var body = "\"" + "x".repeat(2000) + "\"";
        assertThat(post("demo", id, body, signature(id, body)).statusCode()).isEqualTo(413);
    }

    @Test
    void aBodyThatIsNoJsonIsAProblem400() throws Exception {
        assertThat(post("demo", id, "{", signature(id, "{")).statusCode()).isEqualTo(400);
    }

    @Test
    void anEmptyBodyIsAProblem400() throws Exception {
        assertThat(post("demo", id, "", signature(id, "")).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "json", "application/json;charset="})
    void anotherTypeOrNoneIsAProblem415(String type) throws Exception {
        assertThat(post("demo", id, BODY, signature(id, BODY), type).statusCode()).isEqualTo(415);
    }

    @Test
    void aWebhookThatIsSentAgainIsAnsweredTheSameAndQueuedOnce() throws Exception {
        var first = post("demo", id, BODY, signature(id, BODY));
        receive("ExecutionsQueue");
        var again = post("demo", id, BODY, signature(id, BODY));
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        var next = "msg_" + UUID.randomUUID();
        post("demo", next, BODY, signature(next, BODY));
        var start = (StartExecution) receive("ExecutionsQueue").data();
        assertThat(start.name()).isEqualTo(EventIds.executionName("demo/" + next));
    }

    @Test
    void anIdThatCameWithAnotherBodyIsAProblem409() throws Exception {
        post("demo", id, BODY, signature(id, BODY));
        receive("ExecutionsQueue");
        var other = BODY.replace("1", "2");
        var response = post("demo", id, other, signature(id, other));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(json(response).path("detail").asString()).contains(id);
    }

    @Test
    void aSourceThatSendsTooMuchIsAProblem429() throws Exception {
        var response = post("slow", id, BODY, signature(id, BODY));
        for (var i = 0; i < 50 && response.statusCode() == 202; i++) {
            var next = id + i;
            response = post("slow", next, BODY, signature(next, BODY));
        }
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).contains("1");
        drain("ExecutionsQueue");
    }

    @Test
    void aWebhookOfGitHubIsQueuedWithItsType() throws Exception {
        var body = "{\"ref\":\"refs/heads/main\"}";
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(
                new SecretKeySpec(
                        "It's a Secret to Everybody".getBytes(StandardCharsets.UTF_8),
                        "HmacSHA256"));
        var signature =
                HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        var response =
                send(
                        request("hub", body)
                                .header("X-GitHub-Delivery", id)
                                .header("X-GitHub-Event", "push")
                                .header("X-Hub-Signature-256", "sha256=" + signature));
        assertThat(response.statusCode()).isEqualTo(202);
        var start = (StartExecution) receive("ExecutionsQueue").data();
        assertThat(start.input().path("type").asString()).isEqualTo("push");
        assertThat(start.name()).isEqualTo(EventIds.executionName("hub/" + id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/", "/docs/openapi.yaml", "/docs/ui/swagger-ui-bundle.js"})
    void itsApiIsDescribedOnAPageOfItsOwn(String path) throws Exception {
        var port = application.getEnvironment().getProperty("local.server.port");
        var page = URI.create("http://localhost:%s%s".formatted(port, path));
        assertThat(send(HttpRequest.newBuilder(page)).statusCode()).isEqualTo(200);
    }

    @Test
    void theTaskAnswersOnTheQueueOfResults() {
        var input =
                new JsonMapper().readTree("{\"webhookId\":\"m\",\"source\":\"demo\",\"body\":{}}");
        send("HandleEventTaskQueue", new TaskRequest("token", "arn", "HandleEvent", 0, input));
        assertThat(receive("TaskResultsQueue").data())
                .isInstanceOfSatisfying(
                        TaskFailed.class,
                        failed -> assertThat(failed.error()).isEqualTo("Webhook.Invalid"));
    }

    private static HttpResponse<String> post(
            String source, String id, String body, String signature) throws Exception {
        return post(source, id, body, signature, "application/json");
    }

    private static HttpResponse<String> post(
            String source, String id, String body, String signature, String type) throws Exception {
        return send(
                request(source, body)
                        .setHeader("content-type", type)
                        .header("webhook-id", id)
                        .header("webhook-timestamp", timestamp)
                        .header("webhook-signature", signature));
    }

    private static HttpRequest.Builder request(String source, String body) {
        var port = application.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(
                        URI.create("http://localhost:%s/webhooks/%s".formatted(port, source)))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String signature(String id, String body) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        var signed = "%s.%s.%s".formatted(id, timestamp, body);
        return "v1,"
                + Base64.getEncoder()
                        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return new JsonMapper().readTree(response.body());
    }

    private static void send(String queue, EventData data) {
        var event = Event.of("e/1", URI.create("/tests"), Instant.EPOCH, data);
        var body = new String(new EventJson().write(event), StandardCharsets.UTF_8);
        sqs.sendMessage(request -> request.queueUrl(url(queue)).messageBody(body)).join();
    }

    private static String url(String queue) {
        return sqs.getQueueUrl(request -> request.queueName(NAMES.name(queue))).join().queueUrl();
    }

    private static void drain(String queue) {
        sqs.purgeQueue(request -> request.queueUrl(url(queue))).join();
    }

    private static Event<?> receive(String queue) {
        var received = new ArrayList<Message>();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> {
                    received.addAll(
                            sqs.receiveMessage(r -> r.queueUrl(url(queue))).join().messages());
                    return !received.isEmpty();
                });
        var handle = received.getFirst().receiptHandle();
        sqs.deleteMessage(r -> r.queueUrl(url(queue)).receiptHandle(handle)).join();
        return new EventJson().read(received.getFirst().body().getBytes(StandardCharsets.UTF_8));
    }
}
