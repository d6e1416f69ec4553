package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.orchestrator.OrchestratorFixture;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sqs.SqsClient;

class ExecutionApiTests {

    private static final String PASS =
            """
            {"StartAt": "Greet", "States": {"Greet": {"Type": "Pass", "Result": {"hello": "world"}, "End": true}}}
            """;

    private final OrchestratorFixture fixture = OrchestratorFixture.shared();
    private final SfnClient sfn = fixture.sfn();
    private final SqsClient sqs = fixture.sqs();

    @Test
    void aMachineWithoutWaitsHasEndedWhenItsStartIsAnswered() {
        var execution = start(create(PASS), "{}");

        var described = describe(execution);

        assertThat(described.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(described.output()).isEqualTo("{\"hello\":\"world\"}");
        assertThat(described.stopDate()).isAfterOrEqualTo(described.startDate());
        assertThat(types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void aTaskWaitsForTheTokenThatItsMessageCarries() {
        var queue = sqs.createQueue(request -> request.queueName(name())).queueUrl();
        var machine = create(callback(queue, ""));
        var execution = start(machine, "{\"order\": 7}");

        var body = receive(queue);
        assertThat(body).contains("\"order\":7");
        var token = body.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
        assertThat(describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);
        sfn.sendTaskHeartbeat(request -> request.taskToken(token));
        sfn.sendTaskSuccess(request -> request.taskToken(token).output("{\"done\": true}"));

        assertThat(describe(execution).output()).isEqualTo("{\"done\":true}");
        assertThat(types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSubmitted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
        assertThatThrownBy(() -> sfn.sendTaskSuccess(r -> r.taskToken(token).output("{}")))
                .isInstanceOf(TaskTimedOutException.class);
    }

    @Test
    void aTraceHeaderSaysToWhichTraceAnExecutionBelongs() {
        var queue = sqs.createQueue(request -> request.queueName(name())).queueUrl();
        var machine = create(callback(queue, ""));
        var execution =
                sfn.startExecution(request ->
                                request.stateMachineArn(machine)
                                        .traceHeader(
                                                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"))
                        .executionArn();

        assertThat(describe(execution).traceHeader())
                .isEqualTo("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
        assertThat(
                        sqs.receiveMessage(request ->
                                        request.queueUrl(queue)
                                                .waitTimeSeconds(20)
                                                .messageAttributeNames("traceparent"))
                                .messages()
                                .getFirst()
                                .messageAttributes()
                                .get("traceparent")
                                .stringValue())
                .startsWith("00-5759e988bd862e3fe1be46a994272793-")
                .doesNotContain("53995c3f42cd8ad8");
    }

    @Test
    void aFailedTaskIsCaught() {
        var queue = sqs.createQueue(request -> request.queueName(name())).queueUrl();
        var machine =
                create(
                        callback(
                                queue,
                                """
                                "Catch": [{"ErrorEquals": ["Broken"], "ResultPath": "$.failure", "Next": "Caught"}],
                                """));
        var execution = start(machine, "{}");
        var token = receive(queue).replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");

        sfn.sendTaskFailure(r -> r.taskToken(token).error("Broken").cause("it fell"));

        assertThat(describe(execution).output())
                .isEqualTo("{\"failure\":{\"Error\":\"Broken\",\"Cause\":\"it fell\"}}");
    }

    @Test
    void aRequestAndResponseTaskGoesOnWithTheAnswer() {
        var queue = sqs.createQueue(request -> request.queueName(name())).queueUrl();
        var machine =
                create(
                        """
                        {"StartAt": "Send", "States": {"Send": {"Type": "Task",
                          "Resource": "arn:aws:states:::sqs:sendMessage",
                          "Parameters": {"QueueUrl": "%s", "MessageBody": {"a.$": "$.a"}},
                          "OutputPath": "$.MD5OfMessageBody", "End": true}}}
                        """
                                .formatted(queue));

        var execution = start(machine, "{\"a\": 1}");

        assertThat(receive(queue)).isEqualTo("{\"a\":1}");
        assertThat(ended(execution).output()).matches("\"[0-9a-f]{32}\"");
    }

    @Test
    void aQueueThatIsMissingIsAnErrorOfTheTask() {
        var execution =
                start(create(callback("http://127.0.0.1:1/000000000000/nowhere", "")), "{}");

        assertThat(ended(execution).error()).startsWith("SQS.");
        assertThat(types(execution)).contains("TaskSubmitFailed", "ExecutionFailed");
    }

    @Test
    void aWaitEndsOnTime() {
        var machine =
                create(
                        """
                        {"StartAt": "Pause", "States": {"Pause": {"Type": "Wait", "Seconds": 1, "End": true}}}
                        """);
        var execution = start(machine, "{}");

        var described = ended(execution);

        assertThat(Duration.between(described.startDate(), described.stopDate()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aTaskThatTakesTooLongTimesOut() {
        var queue = sqs.createQueue(request -> request.queueName(name())).queueUrl();
        var execution = start(create(callback(queue, "\"TimeoutSeconds\": 1,")), "{}");

        var described = ended(execution);

        assertThat(described.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(described.error()).isEqualTo("States.Timeout");
    }

    @Test
    void theSameNameAndInputStartOneExecution() {
        var queue = sqs.createQueue(request -> request.queueName(name())).queueUrl();
        var machine = create(callback(queue, ""));

        var first =
                sfn.startExecution(r -> r.stateMachineArn(machine).name("one").input("{\"a\":1}"));
        var again =
                sfn.startExecution(
                        r -> r.stateMachineArn(machine).name("one").input("{ \"a\": 1 }"));

        assertThat(again.executionArn()).isEqualTo(first.executionArn());
        assertThat(again.startDate()).isEqualTo(first.startDate());
        assertThatThrownBy(() ->
                        sfn.startExecution(
                                r -> r.stateMachineArn(machine).name("one").input("{\"a\":2}")))
                .isInstanceOf(ExecutionAlreadyExistsException.class)
                .hasMessageContaining(first.executionArn());
    }

    @Test
    void aStoppedExecutionIsAborted() {
        var queue = sqs.createQueue(request -> request.queueName(name())).queueUrl();
        var execution = start(create(callback(queue, "")), "{}");

        sfn.stopExecution(r -> r.executionArn(execution).error("Enough").cause("no more"));

        var described = describe(execution);
        assertThat(described.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(described.error()).isEqualTo("Enough");
        assertThat(types(execution)).endsWith("ExecutionAborted");
    }

    @Test
    void executionsAreListedByStatusInPagesTheLatestFirst() {
        var machine = create(PASS);
        for (var i = 0; i < 5; i++) {
            var number = i;
            sfn.startExecution(r -> r.stateMachineArn(machine).name("number-" + number));
        }

        var names =
                sfn
                        .listExecutionsPaginator(r ->
                                r.stateMachineArn(machine)
                                        .statusFilter(ExecutionStatus.SUCCEEDED)
                                        .maxResults(2))
                        .executions()
                        .stream()
                        .toList();

        assertThat(names).hasSize(5);
        assertThat(names)
                .isSortedAccordingTo((a, b) -> b.startDate().compareTo(a.startDate()))
                .allMatch(execution -> execution.stopDate() != null);
        assertThat(
                        sfn.listExecutions(r ->
                                        r.stateMachineArn(machine)
                                                .statusFilter(ExecutionStatus.RUNNING))
                                .executions())
                .isEmpty();
    }

    @Test
    void aLongHistoryComesInPagesAndBackwards() {
        var machine =
                create(
                        """
                        {"StartAt": "Count", "States": {
                          "Count": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Next": "More?"},
                          "More?": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 300, "Next": "Count"}], "Default": "Done"},
                          "Done": {"Type": "Succeed"}}}
                        """);
        var execution = start(machine, "{\"n\": 0}");
        ended(execution);

        var forwards =
                sfn
                        .getExecutionHistoryPaginator(
                                r -> r.executionArn(execution).maxResults(400))
                        .events()
                        .stream()
                        .map(HistoryEvent::id)
                        .toList();
        var backwards =
                sfn
                        .getExecutionHistoryPaginator(
                                r -> r.executionArn(execution).maxResults(400).reverseOrder(true))
                        .events()
                        .stream()
                        .map(HistoryEvent::id)
                        .toList();

        assertThat(forwards).hasSize(1 + 300 * 4 + 2 + 1).isSorted().doesNotHaveDuplicates();
        assertThat(backwards).isEqualTo(forwards.reversed());
    }

    @Test
    void parallelBranchesAndIterationsWaitBesideEachOther() {
        var queue = sqs.createQueue(request -> request.queueName(name())).queueUrl();
        var machine =
                create(
                        """
                        {"StartAt": "Each", "States": {"Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 2,
                          "ItemProcessor": {"StartAt": "Ask", "States": {"Ask": {"Type": "Task",
                            "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                            "Parameters": {"QueueUrl": "%s", "MessageBody": {"token.$": "$$.Task.Token", "item.$": "$"}},
                            "End": true}}},
                          "End": true}}}
                        """
                                .formatted(queue));
        var execution = start(machine, "{\"items\": [1, 2, 3]}");
        for (var i = 0; i < 3; i++) {
            var body = receive(queue);
            var token = body.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
            var item = body.replaceAll(".*\"item\":(\\d+).*", "$1");
            sfn.sendTaskSuccess(r -> r.taskToken(token).output("\"done " + item + "\""));
        }

        assertThat(ended(execution).output()).isEqualTo("[\"done 1\",\"done 2\",\"done 3\"]");
    }

    @Test
    void whatIsWrongIsSaidWithAwsErrors() {
        var machine = create(PASS);
        var nobody = machine + "-that-is-not";

        assertThatThrownBy(() -> start(nobody, "{}"))
                .isInstanceOf(StateMachineDoesNotExistException.class)
                .hasMessageContaining("State Machine Does Not Exist: '%s'".formatted(nobody));
        assertThatThrownBy(() -> start("nonsense", "{}")).isInstanceOf(InvalidArnException.class);
        assertThatThrownBy(() -> start(machine, "{"))
                .isInstanceOf(InvalidExecutionInputException.class);
        assertThatThrownBy(() -> create("{\"StartAt\": \"A\"}"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("Invalid State Machine Definition: '");
        assertThatThrownBy(() ->
                        describe(machine.replace(":stateMachine:", ":execution:") + ":nothing"))
                .isInstanceOf(ExecutionDoesNotExistException.class);
        assertThatThrownBy(() -> sfn.sendTaskSuccess(r -> r.taskToken("abc").output("{}")))
                .isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void aStateMachineIsCreatedOnceChangedAndDeleted() {
        var name = name();
        var arn = create(name, PASS);
        assertThat(create(name, PASS)).isEqualTo(arn);
        var other = PASS.replace("world", "moon");
        assertThatThrownBy(() -> create(name, other))
                .isInstanceOf(StateMachineAlreadyExistsException.class);

        var before = start(arn, "{}");
        sfn.updateStateMachine(r -> r.stateMachineArn(arn).definition(other));

        assertThat(sfn.describeStateMachine(r -> r.stateMachineArn(arn)).definition())
                .isEqualTo(other);
        assertThat(sfn.describeStateMachineForExecution(r -> r.executionArn(before)).definition())
                .isEqualTo(PASS);
        assertThat(describe(start(arn, "{}")).output()).contains("moon");
        assertThat(sfn.listStateMachinesPaginator(r -> r.maxResults(1)).stateMachines())
                .anyMatch(machine -> machine.name().equals(name))
                .anyMatch(machine -> machine.name().equals("image"))
                .anyMatch(machine -> machine.name().equals("webhook"));
        sfn.deleteStateMachine(r -> r.stateMachineArn(arn));
        assertThatThrownBy(() -> start(arn, "{}"))
                .isInstanceOf(StateMachineDoesNotExistException.class);
    }

    private static String callback(String queue, String more) {
        return """
        {"StartAt": "Ask", "States": {"Ask": {"Type": "Task",
          "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          "Parameters": {"QueueUrl": "%s", "MessageBody": {"token.$": "$$.Task.Token", "input.$": "$"}},
          %s
          "End": true},
          "Caught": {"Type": "Succeed"}}}
        """
                .formatted(queue, more)
                .replace(
                        more.contains("Catch")
                                ? "\u0000"
                                : ",\n  \"Caught\": {\"Type\": \"Succeed\"}",
                        "");
    }

    private String create(String definition) {
        return create(name(), definition);
    }

    private String create(String name, String definition) {
        return sfn.createStateMachine(
                        r -> r.name(name).definition(definition).roleArn("arn:aws:iam::0:role/r"))
                .stateMachineArn();
    }

    private String start(String machine, String input) {
        return sfn.startExecution(r -> r.stateMachineArn(machine).input(input)).executionArn();
    }

    private DescribeExecutionResponse describe(String execution) {
        return sfn.describeExecution(r -> r.executionArn(execution));
    }

    private DescribeExecutionResponse ended(String execution) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> describe(execution), d -> d.status() != ExecutionStatus.RUNNING);
    }

    private java.util.List<String> types(String execution) {
        return sfn.getExecutionHistoryPaginator(r -> r.executionArn(execution)).events().stream()
                .map(HistoryEvent::typeAsString)
                .toList();
    }

    private String receive(String queue) {
        var messages =
                await().atMost(Duration.ofSeconds(20))
                        .until(
                                () ->
                                        sqs.receiveMessage(r ->
                                                        r.queueUrl(queue)
                                                                .maxNumberOfMessages(1)
                                                                .waitTimeSeconds(5))
                                                .messages(),
                                found -> !found.isEmpty());
        sqs.deleteMessage(
                r -> r.queueUrl(queue).receiptHandle(messages.getFirst().receiptHandle()));
        return messages.getFirst().body();
    }

    private static String name() {
        return "test-" + UUID.randomUUID();
    }
}
