package io.millrace.orchestrator.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.orchestrator.OrchestratorFixture;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;

/** Any operation of S3, DynamoDB, SQS, SNS, Lambda and Step Functions, by {@code aws-sdk}. */
class AwsSdkIntegrationTests {

    private static final String BUCKET = "millrace-results";

    private final OrchestratorFixture fixture = OrchestratorFixture.shared();
    private final Machines machines = Machines.shared();

    @Test
    void anObjectIsWrittenAsJsonAndReadAsText() {
        var key = UUID.randomUUID().toString();

        var put =
                machines.output(
                        "aws-sdk:s3:putObject",
                        """
                        {"Bucket": "%s", "Key": "%s", "Body": {"a": [1, "two"]}, "ContentType": "application/json"}
                        """
                                .formatted(BUCKET, key));
        var got =
                machines.output(
                        "aws-sdk:s3:getObject",
                        "{\"Bucket\": \"%s\", \"Key\": \"%s\"}".formatted(BUCKET, key));

        assertThat(put.path("ETag").asString()).isNotEmpty();
        assertThat(put.has("SdkHttpMetadata")).isFalse();
        assertThat(got.path("Body").stringValue()).isEqualTo("{\"a\":[1,\"two\"]}");
        assertThat(got.path("ContentLength").longValue()).isEqualTo(15);
        assertThat(got.path("ContentType").stringValue()).isEqualTo("application/json");
        assertThat(got.path("LastModified").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    @Test
    void aKeyThatIsNotThereIsAnErrorAsTheSdkTellsOfIt() {
        var ended =
                machines.task(
                        "aws-sdk:s3:getObject",
                        "{\"Bucket\": \"%s\", \"Key\": \"none\"}".formatted(BUCKET));

        assertThat(ended.error()).isEqualTo("S3.NoSuchKeyException");
        assertThat(ended.cause())
                .matches(
                        "The specified key does not exist. \\(Service: S3, Status Code: 404, Request ID: [^,)]+(, Extended Request ID: .+)?\\)");
    }

    @Test
    void anItemIsPutOnceAndReadWithItsTypes() {
        var table = Tables.create(fixture.cloud().endpoint());
        var item =
                """
                {"TableName": "%s", "Item": {"id": {"S": "1"}, "n": {"N": "2.5"}, "b": {"B": "AAEC"},
                  "l": {"L": [{"BOOL": true}, {"NULL": true}]}, "m": {"M": {"s": {"SS": ["a", "b"]}}}},
                  "ConditionExpression": "attribute_not_exists(id)"}
                """
                        .formatted(table);

        assertThat(machines.output("aws-sdk:dynamodb:putItem", item))
                .isEqualTo(Machines.json("{}"));
        var again = machines.task("aws-sdk:dynamodb:putItem", item);
        var got =
                machines.output(
                        "aws-sdk:dynamodb:getItem",
                        "{\"TableName\": \"%s\", \"Key\": {\"id\": {\"S\": \"1\"}}}"
                                .formatted(table));

        assertThat(got)
                .isEqualTo(
                        Machines.json(
                                """
                                {"Item": {"id": {"S": "1"}, "n": {"N": "2.5"}, "b": {"B": "AAEC"},
                                  "l": {"L": [{"BOOL": true}, {"NULL": true}]}, "m": {"M": {"s": {"SS": ["a", "b"]}}}}}
                                """));
        assertThat(again.error()).isEqualTo("DynamoDb.ConditionalCheckFailedException");
        assertThat(again.cause())
                .matches(
                        "The conditional request failed \\(Service: DynamoDb, Status Code: 400, Request ID: \\S+\\)");
    }

    @Test
    void errorsThatTheModelDoesNotNameAreTheServices() {
        var ended =
                machines.task(
                        "aws-sdk:dynamodb:getItem",
                        "{\"TableName\": \"!\", \"Key\": {\"id\": {\"S\": \"1\"}}}");

        assertThat(ended.error()).isEqualTo("DynamoDb.DynamoDbException");
    }

    @Test
    void aMessageIsSentAndANumberOfMessagesIsRead() {
        var queue = fixture.sqs().createQueue(r -> r.queueName("q-" + UUID.randomUUID()));

        var sent =
                machines.output(
                        "aws-sdk:sqs:sendMessage",
                        "{\"QueueUrl\": \"%s\", \"MessageBody\": {\"a\": 1}, \"DelaySeconds\": 0}"
                                .formatted(queue.queueUrl()));
        var received =
                machines.output(
                        "aws-sdk:sqs:receiveMessage",
                        "{\"QueueUrl\": \"%s\", \"WaitTimeSeconds\": 5}"
                                .formatted(queue.queueUrl()));

        assertThat(sent.path("MD5OfMessageBody").stringValue()).hasSize(32);
        assertThat(received.at("/Messages/0/Body").stringValue()).isEqualTo("{\"a\":1}");
        assertThat(received.at("/Messages/0/MessageId")).isEqualTo(sent.path("MessageId"));
    }

    @Test
    void topicsAreListedAndFunctionsInvoked() {
        var topics = machines.output("aws-sdk:sns:listTopics", "{}");
        var answer =
                machines.output(
                        "aws-sdk:lambda:invoke",
                        "{\"FunctionName\": \"echo\", \"Payload\": {\"a\": 1}}");

        assertThat(topics.path("Topics").isArray()).isTrue();
        assertThat(answer.path("Payload").stringValue()).isEqualTo("{\"a\":1}");
        assertThat(answer.path("StatusCode").intValue()).isEqualTo(200);
    }

    @Test
    void stepFunctionsIsThisOrchestratorItself() {
        var target =
                machines.create(
                        "{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Succeed\"}}}");

        var started =
                machines.output(
                        "aws-sdk:sfn:startExecution",
                        "{\"StateMachineArn\": \"%s\", \"Name\": \"one\", \"Input\": \"{}\"}"
                                .formatted(target));
        var missing =
                machines.task(
                        "aws-sdk:sfn:describeStateMachine",
                        "{\"StateMachineArn\": \"%s-none\"}".formatted(target));

        assertThat(started.path("ExecutionArn").stringValue()).endsWith(":one");
        assertThat(started.path("StartDate").stringValue()).endsWith("Z");
        assertThat(missing.error()).isEqualTo("Sfn.StateMachineDoesNotExistException");
    }

    @Test
    void parametersThatAreNotTheOperationsFailTheState() {
        var ended = machines.task("aws-sdk:s3:getObject", "{\"bucket\": \"b\", \"Key\": \"k\"}");

        assertThat(ended.error()).isEqualTo("States.Runtime");
        assertThat(ended.cause())
                .isEqualTo(
                        "An error occurred while executing the state 'Do' (entered at the event id #2). The Parameters '{\"bucket\":\"b\",\"Key\":\"k\"}' could not be used to start the Task: [The field \"bucket\" is not supported by Step Functions, The field 'Bucket' is required but was missing]");
    }

    @Test
    void theHistoryNamesTheServiceAsAnSdksOwn() {
        var execution = machines.task("aws-sdk:sns:listTopics", "{}").executionArn();

        var scheduled =
                machines.sfn().getExecutionHistory(r -> r.executionArn(execution)).events().stream()
                        .filter(event -> event.type() == HistoryEventType.TASK_SCHEDULED)
                        .findFirst()
                        .orElseThrow()
                        .taskScheduledEventDetails();

        assertThat(scheduled.resourceType()).isEqualTo("aws-sdk:sns");
        assertThat(scheduled.resource()).isEqualTo("listTopics");
    }

    @Test
    void aTokenCanBeHandedOverByAnyOperation() {
        var queue = fixture.sqs().createQueue(r -> r.queueName("q-" + UUID.randomUUID()));
        var machine =
                machines.ofTask(
                        "aws-sdk:sqs:sendMessage.waitForTaskToken",
                        "{\"QueueUrl\": \"%s\", \"MessageBody.$\": \"$$.Task.Token\"}"
                                .formatted(queue.queueUrl()));
        var execution = machines.sfn().startExecution(r -> r.stateMachineArn(machine));

        var token =
                fixture.sqs()
                        .receiveMessage(r -> r.queueUrl(queue.queueUrl()).waitTimeSeconds(10))
                        .messages()
                        .getFirst()
                        .body();
        machines.sfn().sendTaskSuccess(r -> r.taskToken(token).output("{\"done\":true}"));

        assertThat(machines.ended(execution.executionArn()).output()).isEqualTo("{\"done\":true}");
    }

    @Test
    void aResourceThatThereIsNotIsRefusedWithTheDefinition() {
        for (var resource :
                new String[] {
                    "aws-sdk:s3:getObjekt",
                    "aws-sdk:s3:getObject.sync",
                    "aws-sdk:nothing:list",
                    "sqs:receiveMessage",
                    "lambda:invoke.sync"
                }) {
            assertThatThrownBy(() -> machines.ofTask(resource, "{}"))
                    .isInstanceOf(InvalidDefinitionException.class)
                    .hasMessageContaining(
                            "SCHEMA_VALIDATION_FAILED: The resource provided arn:aws:states:::%s is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/Do/Resource"
                                    .formatted(resource));
        }
    }
}
