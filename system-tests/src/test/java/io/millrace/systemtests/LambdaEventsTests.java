package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.LoadRequest;
import io.millrace.launcher.LaunchPlan;
import io.millrace.launcher.WebhookSecret;
import io.millrace.launcher.demo.Aws;
import io.millrace.launcher.demo.Triggers;
import io.millrace.localcloud.LocalCloud;
import io.millrace.streambinderaws.payload.PayloadReference;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * AWS's documented sample events (lambda/events), each for the function of its trigger, in its
 * packaging. Needs the runtime interface emulator.
 */
@Tag("lambda")
@EnabledIfEnvironmentVariable(named = "LAMBDA_RIE", matches = ".+")
class LambdaEventsTests {

    private static final String PREFIX = LaunchPlan.DEFAULT_PREFIX;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final WebhookSecret SECRET = WebhookSecret.random();

    private static LocalCloud cloud;
    private static Aws aws;
    private static final Map<String, LambdaProcess> FUNCTIONS = new HashMap<>();

    @BeforeAll
    static void start() {
        cloud = LocalCloud.builder().port(0).prefix(PREFIX).start();
        aws = Aws.at(cloud.endpoint(), cloud.endpoint(), PREFIX);
    }

    @AfterAll
    static void stop() {
        FUNCTIONS.values().forEach(LambdaProcess::close);
        aws.close();
        cloud.close();
    }

    @Test
    void aMessageThatIsNoEventGoesWholeToTheFailuresAndNotBack() throws Exception {
        var answer = invoke("LoadFunction", sample("sqs.json"));
        assertThat(answer.path("batchItemFailures").size()).isZero();
        assertThat(received("FailuresQueue"))
                .anySatisfy(message -> {
                    assertThat(message.body()).isEqualTo("Test message.");
                    assertThat(message.messageAttributes().get("x-original-queue").stringValue())
                            .isEqualTo(PREFIX + "load");
                    assertThat(message.messageAttributes()).containsKey("x-exception-message");
                });
    }

    @Test
    void ofABatchTheGoodAreLoadedOnceAndTheBadHoldUpNothing() throws Exception {
        var id = "lambda/" + UUID.randomUUID();
        var event =
                EventSource.sqsEvent(
                        PREFIX + "load",
                        List.of(message(load(id)), message("no event"), message(load(id))));
        assertThat(invoke("LoadFunction", event).path("batchItemFailures").size()).isZero();
        assertThat(invoke("LoadFunction", event).path("batchItemFailures").size())
                .as("SQS delivers at least once")
                .isZero();
        assertThat(
                        aws.dynamoDb()
                                .scan(request -> request.tableName(aws.name("ResultsTable")))
                                .items())
                .filteredOn(item -> item.toString().contains(id))
                .hasSize(1);
    }

    @Test
    void anEventThatNoMessageCarriesIsFetchedFromWhereItLies() throws Exception {
        var id = "lambda/" + UUID.randomUUID();
        var place =
                new PayloadReference(aws.name("ResultsBucket"), "payloads/" + UUID.randomUUID());
        aws.s3()
                .putObject(
                        request -> request.bucket(place.bucket()).key(place.key()),
                        RequestBody.fromString(load(id)));
        var event = EventSource.sqsEvent(PREFIX + "load", List.of(message(place.body())));
        assertThat(invoke("LoadFunction", event).path("batchItemFailures").size()).isZero();
        assertThat(
                        aws.dynamoDb()
                                .scan(request -> request.tableName(aws.name("ResultsTable")))
                                .items())
                .filteredOn(item -> item.toString().contains(id))
                .hasSize(1);
    }

    @Test
    void aMessageThatMayComeBackIsReportedAloneAndTheOthersAreDone() throws Exception {
        var unknown =
                message(
                        """
                        {"specversion":"1.0","id":"x","source":"/tests","type":"io.millrace.execution.start.v1",
                         "time":"2026-11-23T10:15:30Z","datacontenttype":"application/json",
                         "data":{"stateMachine":"no-such-machine","name":"a","input":{}}}\
                        """);
        var known =
                message(
                        """
                        {"specversion":"1.0","id":"y","source":"/tests","type":"io.millrace.execution.start.v1",
                         "time":"2026-11-23T10:15:30Z","datacontenttype":"application/json",
                         "data":{"stateMachine":"webhook","name":"lambda-partly","input":{"eventId":"e"}}}\
                        """);
        var answer =
                invoke(
                        "OrchestratorFunction",
                        EventSource.sqsEvent(PREFIX + "executions", List.of(unknown, known)));
        assertThat(answer.path("batchItemFailures").size()).isEqualTo(1);
        assertThat(answer.at("/batchItemFailures/0/itemIdentifier").asString())
                .isEqualTo(unknown.messageId());
        assertThat(
                        aws.dynamoDb()
                                .scan(request -> request.tableName(aws.name("ExecutionsTable")))
                                .items()
                                .toString())
                .contains("lambda-partly");
    }

    @Test
    void anUploadAsS3AnnouncesItAsksForOneExecution() throws Exception {
        var event = sample("s3-in-sqs.json");
        assertThat(invoke("ImageUploadedFunction", event).path("batchItemFailures").size())
                .isZero();
        assertThat(received("ExecutionsQueue"))
                .filteredOn(message -> message.body().contains("HappyFace.jpg"))
                .singleElement()
                .satisfies(message ->
                        assertThat(
                                        JSON.readTree(message.body())
                                                .at("/data/stateMachine")
                                                .asString())
                                .isEqualTo("image"));
    }

    @Test
    void apiGatewaysRequestIsAnsweredAndAPathThatIsNoneIsNotFound() throws Exception {
        var sample = sample("api-gateway-v2.json");
        assertThat(invoke("WebhookFunction", sample).path("statusCode").asInt()).isEqualTo(404);
        var signed = signed(sample, "msg_lambda");
        var first = invoke("WebhookFunction", signed);
        assertThat(first.path("statusCode").asInt()).isEqualTo(202);
        assertThat(invoke("WebhookFunction", signed).path("body")).isEqualTo(first.path("body"));
        ((ObjectNode) signed.path("headers")).put("webhook-signature", "v1,AAAA");
        var refused = invoke("WebhookFunction", signed);
        assertThat(refused.path("statusCode").asInt()).isEqualTo(401);
        assertThat(refused.at("/headers/Content-Type").asString())
                .isEqualTo("application/problem+json");
    }

    @Test
    void recordsOfTheStreamThatCannotBeLoadedGoWholeToTheFailures() throws Exception {
        var event = sample("dynamodb-stream.json");
        assertThat(invoke("RecordChangedFunction", event).path("batchItemFailures").size())
                .isZero();
        assertThat(received("FailuresQueue"))
                .filteredOn(message -> message.body().contains("\"SequenceNumber\":\"222\""))
                .hasSize(1);
    }

    @Test
    void aScheduleThatIsDeliveredTwiceStartsOneBatchAndReadsItToItsEnd() throws Exception {
        new Triggers(aws, InstantSource.system())
                .layOut(
                        "orders.csv",
                        Triggers.orders(20, 0, 1).getBytes(StandardCharsets.UTF_8),
                        "text/csv");
        var event = sample("scheduled.json");
        var first = invoke("RunBatchFunction", event);
        assertThat(invoke("RunBatchFunction", event)).isEqualTo(first);
        assertThat(first.path("job").asString()).isNotEmpty();
        assertThat(received("WorkItemsQueue")).hasSize(20);
    }

    @Test
    void theScheduleOfTheOrchestratorLooksForWhatIsDue() throws Exception {
        assertThat(invoke("OrchestratorFunction", sample("scheduled.json")).isObject()).isTrue();
    }

    private static JsonNode invoke(String name, JsonNode event) throws InterruptedException {
        return function(name).invoke(event);
    }

    private static synchronized LambdaProcess function(String name) {
        return FUNCTIONS.computeIfAbsent(name, LambdaEventsTests::started);
    }

    private static LambdaProcess started(String name) {
        var function =
                LambdaTemplate.read(PREFIX).functions().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return new LambdaProcess(
                function,
                Map.of(
                        "AWS_ENDPOINT_URL",
                        cloud.endpoint().toString(),
                        "AWS_ACCESS_KEY_ID",
                        "test",
                        "AWS_SECRET_ACCESS_KEY",
                        "test",
                        "MILLRACE_PREFIX",
                        PREFIX,
                        "MILLRACE_ACCOUNT_ID",
                        "000000000000",
                        "MILLRACE_BATCH_KEY",
                        "orders.csv",
                        WebhookSecret.VARIABLE,
                        SECRET.value()));
    }

    private static JsonNode sample(String name) throws IOException {
        return JSON.readTree(Files.readString(Path.of("..", "lambda", "events", name)));
    }

    private static JsonNode signed(JsonNode sample, String id) {
        var event = (ObjectNode) sample.deepCopy();
        var body = "{\"type\":\"order.created\",\"data\":{}}";
        var now = Instant.now().getEpochSecond();
        event.put("rawPath", "/webhooks/demo");
        event.put("body", body).put("isBase64Encoded", false);
        ((ObjectNode) event.path("headers"))
                .put("content-type", "application/json")
                .put("webhook-id", id)
                .put("webhook-timestamp", String.valueOf(now))
                .put("webhook-signature", SECRET.signature(id, now, body));
        return event;
    }

    private static String load(String id) {
        var payload =
                JSON.readTree(
                        "{\"eventName\":\"INSERT\",\"keys\":{\"pk\":\"o\"},\"newImage\":{\"type\":\"order\"}}");
        return new String(
                new EventJson()
                        .write(
                                Event.of(
                                        id,
                                        URI.create("/tests"),
                                        Instant.parse("2026-11-23T10:15:30Z"),
                                        new LoadRequest("record", payload))),
                StandardCharsets.UTF_8);
    }

    private static Message message(String body) {
        return Message.builder()
                .messageId(UUID.randomUUID().toString())
                .receiptHandle("handle")
                .body(body)
                .attributes(Map.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"))
                .build();
    }

    private static List<Message> received(String queue) {
        var all = new ArrayList<Message>();
        for (var page = receive(queue); !page.isEmpty(); page = receive(queue)) {
            all.addAll(page);
        }
        return all;
    }

    private static List<Message> receive(String queue) {
        return aws.sqs()
                .receiveMessage(request ->
                        request.queueUrl(aws.queueUrl(queue))
                                .maxNumberOfMessages(10)
                                .visibilityTimeout(5)
                                .messageAttributeNames("All")
                                .waitTimeSeconds(0))
                .messages();
    }
}
