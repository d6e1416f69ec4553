package io.millrace.orchestrator.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localcloud.LocalCloud;
import io.millrace.orchestrator.OrchestratorFixture;
import io.millrace.orchestrator.integration.Requests.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Tasks whose services are not where the orchestrator's own are. */
class ElsewhereTests {

    private static final Requests EVENTS = new Requests(ElsewhereTests::events);
    private static final Requests API = new Requests(ElsewhereTests::api);
    private static ConfigurableApplicationContext orchestrator;
    private static LocalCloud other;
    private static Machines machines;

    @BeforeAll
    static void start() {
        other = LocalCloud.builder().port(0).start();
        orchestrator =
                OrchestratorFixture.start(
                        OrchestratorFixture.shared().cloud(),
                        List.of(
                                "--AWS_ENDPOINT_URL_EVENTS=" + EVENTS.endpoint(),
                                "--millrace.orchestrator.task-endpoints.dynamodb="
                                        + other.endpoint(),
                                "--millrace.orchestrator.connections.key.api-key-name=X-Key",
                                "--millrace.orchestrator.connections.key.api-key-value=secret",
                                "--millrace.orchestrator.connections.key.query-parameters.from=connection",
                                "--millrace.orchestrator.connections.basic.username=u",
                                "--millrace.orchestrator.connections.basic.password=p"));
        machines =
                new Machines(
                        OrchestratorFixture.at(
                                        SfnClient.builder(),
                                        OrchestratorFixture.endpoint(orchestrator))
                                .build());
    }

    @AfterAll
    static void stop() {
        orchestrator.close();
        other.close();
        EVENTS.close();
        API.close();
    }

    @Test
    void someTasksGoToOneEndpointAndSomeToAnother() {
        var table = Tables.create(other.endpoint());
        var queue =
                OrchestratorFixture.at(
                                SqsClient.builder(),
                                OrchestratorFixture.shared().cloud().endpoint())
                        .build()
                        .createQueue(r -> r.queueName("q-" + UUID.randomUUID()))
                        .queueUrl();
        var machine =
                machines.create(
                        """
                        {"StartAt": "Keep", "States": {
                          "Keep": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:updateItem", "ResultPath": "$.kept",
                            "Parameters": {"TableName": "%s", "Key": {"id": {"S": "1"}}, "UpdateExpression": "SET n = :n",
                              "ExpressionAttributeValues": {":n": {"N": "7"}}, "ReturnValues": "ALL_NEW"}, "Next": "Tell"},
                          "Tell": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "ResultPath": "$.told",
                            "Parameters": {"QueueUrl": "%s", "MessageBody": "kept"}, "End": true}}}
                        """
                                .formatted(table, queue));

        var output = Machines.json(machines.run(machine, "{}").output());

        assertThat(output.at("/kept/Attributes"))
                .isEqualTo(Machines.json("{\"id\": {\"S\": \"1\"}, \"n\": {\"N\": \"7\"}}"));
        assertThat(output.at("/kept/SdkHttpMetadata/HttpStatusCode").intValue()).isEqualTo(200);
        assertThat(output.at("/told/MessageId").asString()).isNotEmpty();
    }

    @Test
    void anItemThatMayNotBePutIsAnErrorOfTheOptimisedIntegration() {
        var table = Tables.create(other.endpoint());
        var put =
                """
                {"TableName": "%s", "Item": {"id": {"S": "1"}}, "ConditionExpression": "attribute_not_exists(id)"}
                """
                        .formatted(table);
        machines.output("dynamodb:putItem", put);

        var again = machines.task("dynamodb:putItem", put);
        var unknown =
                machines.task(
                        "dynamodb:deleteItem",
                        "{\"TableName\": \"none\", \"Key\": {\"id\": {\"S\": \"1\"}}}");

        assertThat(again.error()).isEqualTo("DynamoDB.ConditionalCheckFailedException");
        assertThat(again.cause())
                .matches(
                        "The conditional request failed \\(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: \\S+; Proxy: null\\)");
        assertThat(unknown.error()).isEqualTo("DynamoDB.ResourceNotFoundException");
    }

    @Test
    void parametersThatTheTaskDoesNotTakeFailItAsStepFunctionsDoes() {
        var token =
                machines.task("lambda:invoke", "{\"FunctionName\": \"f\", \"TaskToken\": \"t\"}");
        var message = machines.task("sqs:sendMessage", "{\"QueueUrl\": \"q\", \"Message\": \"m\"}");

        assertThat(token.error()).isEqualTo("States.Runtime");
        assertThat(token.cause())
                .endsWith(
                        "could not be used to start the Task: [The field \"TaskToken\" is not supported by Step Functions]");
        assertThat(message.cause())
                .endsWith(
                        "[The field \"Message\" is not supported by Step Functions, The field 'MessageBody' is required but was missing]");
    }

    private static Answer events(Requests.Request request) {
        return Answer.json(
                request.body().contains("malformed")
                        ? "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"MalformedDetail\",\"ErrorMessage\":\"Detail is malformed.\"}]}"
                        : "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"e1\"}]}");
    }

    @Test
    void eventsNameTheExecutionThatPutThem() {
        var execution =
                machines.task(
                        "events:putEvents",
                        """
                        {"Entries": [{"Source": "s", "DetailType": "t", "Detail": {"a": 1}, "Resources": ["r"]}]}
                        """);

        assertThat(Machines.json(execution.output()))
                .isEqualTo(
                        Machines.json(
                                "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"e1\"}]}"));
        var entry =
                EVENTS.received().stream()
                        .map(request -> Machines.json(request.body()).at("/Entries/0"))
                        .filter(each ->
                                each.path("Resources")
                                        .toString()
                                        .contains(execution.executionArn()))
                        .findFirst()
                        .orElseThrow();
        assertThat(entry.path("Detail").stringValue()).isEqualTo("{\"a\":1}");
        assertThat(entry.path("Resources").valueStream().map(each -> each.stringValue()))
                .containsExactly("r", execution.stateMachineArn(), execution.executionArn());
    }

    @Test
    void anEventThatIsNotTakenFailsTheTask() {
        var ended =
                machines.task(
                        "events:putEvents",
                        "{\"Entries\": [{\"Source\": \"s\", \"DetailType\": \"t\", \"Detail\": \"malformed\"}]}");

        assertThat(ended.error()).isEqualTo("EventBridge.FailedEntry");
        assertThat(Machines.json(ended.cause()).at("/Entries/0/ErrorCode").stringValue())
                .isEqualTo("MalformedDetail");
    }

    private static Answer api(Requests.Request request) {
        return switch (request.uri().getPath()) {
            case "/busy" -> new Answer(429, "text/plain", "slow down");
            case "/text" -> new Answer(200, "text/plain", "just text");
            default -> Answer.json("{\"ok\":true}");
        };
    }

    private static String http(String path, String connection, String more) {
        return """
        {"ApiEndpoint": "%s%s", "Authentication": {"ConnectionArn": "arn:aws:events:us-east-1:000000000000:connection/%s/1a2b"}, %s}
        """
                .formatted(API.endpoint(), path, connection, more);
    }

    private static Requests.Request last(String path) {
        return API.received().stream()
                .filter(request -> request.uri().getPath().equals(path))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    @Test
    void anHttpApiIsCalledWithWhatItsConnectionAdds() {
        var output =
                machines.output(
                        "http:invoke",
                        http(
                                "/orders",
                                "key",
                                """
                                "Method": "POST", "Headers": {"X-Own": "1", "x-key": "overridden"},
                                "QueryParameters": {"q": ["a b", "c"], "from": "task"}, "RequestBody": {"n": 1}
                                """));

        var request = last("/orders");
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri().getRawQuery()).isEqualTo("from=connection&q=a+b&q=c");
        assertThat(request.header("X-key")).isEqualTo("secret");
        assertThat(request.header("X-own")).isEqualTo("1");
        assertThat(request.header("Content-type")).isEqualTo("application/json");
        assertThat(request.header("User-agent"))
                .isEqualTo("Amazon|StepFunctions|HttpInvoke|us-east-1");
        assertThat(request.body()).isEqualTo("{\"n\":1}");
        assertThat(output.path("ResponseBody")).isEqualTo(Machines.json("{\"ok\":true}"));
        assertThat(output.at("/Headers/content-type/0").stringValue())
                .isEqualTo("application/json");
        assertThat(output.path("StatusCode").intValue()).isEqualTo(200);
        assertThat(output.path("StatusText").stringValue()).isEqualTo("OK");
    }

    @Test
    void aBodyIsSentAsAFormIfAskedFor() {
        for (var format :
                Map.of(
                                "INDICES", "a%5B0%5D=1&a%5B1%5D=2&o%5Bk%5D=v+w",
                                "REPEAT", "a=1&a=2&o%5Bk%5D=v+w",
                                "COMMAS", "a=1%2C2&o%5Bk%5D=v+w",
                                "BRACKETS", "a%5B%5D=1&a%5B%5D=2&o%5Bk%5D=v+w")
                        .entrySet()) {
            machines.output(
                    "http:invoke",
                    http(
                            "/form",
                            "basic",
                            """
                            "Method": "POST", "RequestBody": {"a": [1, 2], "o": {"k": "v w"}},
                            "Transform": {"RequestBodyEncoding": "URL_ENCODED", "RequestEncodingOptions": {"ArrayFormat": "%s"}}
                            """
                                    .formatted(format.getKey())));

            assertThat(last("/form").body()).isEqualTo(format.getValue());
            assertThat(last("/form").header("Content-type"))
                    .isEqualTo("application/x-www-form-urlencoded;charset=UTF-8");
            assertThat(last("/form").header("Authorization")).isEqualTo("Basic dTpw");
        }
    }

    @Test
    void whatAnHttpApiRefusesIsNamedByItsStatus() {
        var busy = machines.task("http:invoke", http("/busy", "key", "\"Method\": \"GET\""));
        var text = machines.output("http:invoke", http("/text", "key", "\"Method\": \"GET\""));
        var unknown = machines.task("http:invoke", http("/", "other", "\"Method\": \"GET\""));
        var without =
                machines.task(
                        "http:invoke",
                        "{\"ApiEndpoint\": \"%s\", \"Method\": \"GET\"}".formatted(API.endpoint()));

        assertThat(busy.error()).isEqualTo("States.Http.StatusCode.429");
        assertThat(busy.cause()).isEqualTo("slow down");
        assertThat(text.path("ResponseBody").stringValue()).isEqualTo("just text");
        assertThat(unknown.error()).isEqualTo("Events.ConnectionResource.ResourceNotFound");
        assertThat(without.error()).isEqualTo("States.Runtime");
        assertThat(without.cause())
                .contains("[The field 'Authentication' is required but was missing]");
    }
}
