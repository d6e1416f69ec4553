package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.Event;
import io.millrace.events.EventData;
import io.millrace.events.EventIds;
import io.millrace.events.EventJson;
import io.millrace.events.ExecutionFailed;
import io.millrace.events.LoadRequest;
import io.millrace.events.StartExecution;
import io.millrace.events.TaskFailed;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskSucceeded;
import io.millrace.events.TraceParent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The orchestrator from queue to queue: events in, task messages out, answers in, effects out. */
class WorkflowTests {

    private static final String ARN = "arn:aws:states:us-east-1:000000000000:execution:%s:%s";
    private static final URI SOURCE = URI.create("/test");
    private static final TraceParent TRACE =
            new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private final OrchestratorFixture fixture = OrchestratorFixture.shared();
    private final SqsClient sqs = fixture.sqs();
    private final SfnClient sfn = fixture.sfn();
    private final EventJson json = new EventJson();

    @Test
    void anImageIsRenderedAndLoadedOnceThoughItsStartComesTwice() {
        var name = EventIds.executionName(UUID.randomUUID().toString());
        var input = "{\"eventId\":\"b/k/1\",\"bucket\":\"b\",\"key\":\"k\"}";
        start("image", name, input);
        start("image", name, input);

        var message = receive("render-image");
        var task = json.read(bytes(message), TaskRequest.class);
        assertThat(task.data().executionArn()).isEqualTo(ARN.formatted("image", name));
        assertThat(task.data().state()).isEqualTo("RenderImage");
        assertThat(task.data().input()).isEqualTo(tree(input));
        assertThat(attribute(message, TraceParent.NAME).flatMap(TraceParent::parse))
                .map(TraceParent::traceId)
                .contains(TRACE.traceId());
        send(
                "millrace-task-results",
                new TaskSucceeded(task.data().taskToken(), tree("{\"width\":800}")));

        var load = json.read(bytes(receive("load")), LoadRequest.class);
        assertThat(load.id()).isEqualTo("b/k/1");
        assertThat(load.data()).isEqualTo(new LoadRequest("image", tree("{\"width\":800}")));
        assertThat(ended(ARN.formatted("image", name)).status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(waiting("render-image")).isZero();
    }

    @Test
    void aFailedTaskEndsTheExecutionAndIsReportedWithItsTrace() {
        var name = EventIds.executionName(UUID.randomUUID().toString());
        start("webhook", name, "{\"source\":\"demo\"}");
        var task = json.read(bytes(receive("handle-event")), TaskRequest.class);

        send(
                "millrace-task-results",
                new TaskFailed(task.data().taskToken(), "Malformed", "no such field"));

        // Other tests' executions fail too.
        var execution = ARN.formatted("webhook", name);
        var report =
                await().atMost(Duration.ofSeconds(20))
                        .until(
                                () -> json.read(bytes(receive("failures")), ExecutionFailed.class),
                                found -> found.id().equals(execution));
        assertThat(report.trace()).map(TraceParent::traceId).contains(TRACE.traceId());
        assertThat(report.data())
                .isEqualTo(
                        new ExecutionFailed(
                                execution,
                                "arn:aws:states:us-east-1:000000000000:stateMachine:webhook",
                                "FAILED",
                                "Malformed",
                                "no such field",
                                "HandleEvent",
                                1,
                                tree("{\"source\":\"demo\"}")));
        assertThat(ended(execution).status()).isEqualTo(ExecutionStatus.FAILED);
    }

    @Test
    void aResultThatNobodyWaitsForIsCountedAndDropped() {
        var counter = fixture.bean(MeterRegistry.class).counter("millrace.tasks.unawaited");
        var before = counter.count();

        send("millrace-task-results", new TaskFailed("no token", "E", "C"));

        await().atMost(Duration.ofSeconds(20)).until(() -> counter.count() == before + 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting("task-results") == 0);
    }

    @Test
    void aWakeUpTooManyIsTaken() {
        sqs.sendMessage(r -> r.queueUrl(url("wake-ups")).messageBody("machine:execution"));

        await().atMost(Duration.ofSeconds(20)).until(() -> waiting("wake-ups") == 0);
    }

    @Test
    void theUsersWorkflowIsRegisteredWithNamesAndUrls() {
        var execution =
                sfn.startExecution(r ->
                                r.stateMachineArn(
                                        "arn:aws:states:us-east-1:000000000000:stateMachine:users-own"))
                        .executionArn();

        assertThat(tree(ended(execution).output()))
                .isEqualTo(
                        tree("{\"name\":\"millrace-load\",\"url\":\"%s\"}".formatted(url("load"))));
    }

    @Test
    void aFunctionIsInvokedThroughTheServiceAndByItsArn() {
        var arn = "arn:aws:lambda:us-east-1:000000000000:function:echo";
        var service =
                run(
                        """
                        {"Resource": "arn:aws:states:::lambda:invoke",
                          "Parameters": {"FunctionName": "echo", "Payload": {"a.$": "$.a"}}}
                        """);
        var plain = run("{\"Resource\": \"%s\"}".formatted(arn));

        var output = tree(service.output());
        assertThat(output.path("Payload")).isEqualTo(tree("{\"a\":1}"));
        assertThat(output.path("StatusCode").intValue()).isEqualTo(200);
        assertThat(output.path("ExecutedVersion").stringValue()).isEqualTo("$LATEST");
        assertThat(output.path("SdkHttpMetadata").path("HttpStatusCode").intValue()).isEqualTo(200);
        assertThat(tree(plain.output())).isEqualTo(tree("{\"a\":1}"));
    }

    @Test
    void aFunctionsErrorIsTheTasksError() {
        var broken =
                run("{\"Resource\": \"arn:aws:lambda:us-east-1:000000000000:function:broken\"}");
        var missing =
                run(
                        """
                        {"Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "nobody"}}
                        """);

        assertThat(broken.error()).isEqualTo("Broken");
        assertThat(broken.cause())
                .isEqualTo("{\"errorType\":\"Broken\",\"errorMessage\":\"it fell\"}");
        assertThat(missing.error()).isEqualTo("Lambda.ResourceNotFoundException");
    }

    @Test
    void whatOneReplicaBeginsAnotherEnds() {
        var other = OrchestratorFixture.start(fixture.cloud(), List.of());
        var machine =
                create(
                        """
                        {"StartAt": "Pause", "States": {"Pause": {"Type": "Wait", "Seconds": 4, "End": true}}}
                        """);
        var begun =
                OrchestratorFixture.at(SfnClient.builder(), OrchestratorFixture.endpoint(other))
                        .build()
                        .startExecution(r -> r.stateMachineArn(machine));

        other.close();

        assertThat(ended(begun.executionArn()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    private DescribeExecutionResponse run(String task) {
        var state = tree(task).toString();
        var machine =
                create(
                        "{\"StartAt\": \"Do\", \"States\": {\"Do\": {\"Type\": \"Task\", \"End\": true, %s}}"
                                .formatted(state.substring(1)));
        return ended(
                sfn.startExecution(r -> r.stateMachineArn(machine).input("{\"a\":1}"))
                        .executionArn());
    }

    private String create(String definition) {
        return sfn.createStateMachine(r ->
                        r.name("test-" + UUID.randomUUID())
                                .definition(definition)
                                .roleArn("arn:aws:iam::000000000000:role/r"))
                .stateMachineArn();
    }

    private DescribeExecutionResponse ended(String execution) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> sfn.describeExecution(r -> r.executionArn(execution)),
                        described -> described.status() != ExecutionStatus.RUNNING);
    }

    private void start(String machine, String name, String input) {
        send("millrace-executions", new StartExecution(machine, name, tree(input)));
    }

    private void send(String queue, EventData data) {
        var event =
                Event.of(UUID.randomUUID().toString(), SOURCE, Instant.EPOCH, data)
                        .withTrace(Optional.of(TRACE));
        sqs.sendMessage(r ->
                r.queueUrl(url(queue.substring("millrace-".length())))
                        .messageBody(new String(json.write(event), StandardCharsets.UTF_8)));
    }

    private Message receive(String queue) {
        var messages =
                await().atMost(Duration.ofSeconds(20))
                        .until(
                                () ->
                                        sqs.receiveMessage(r ->
                                                        r.queueUrl(url(queue))
                                                                .messageAttributeNames("All")
                                                                .waitTimeSeconds(2))
                                                .messages(),
                                found -> !found.isEmpty());
        var message = messages.getFirst();
        sqs.deleteMessage(r -> r.queueUrl(url(queue)).receiptHandle(message.receiptHandle()));
        return message;
    }

    private int waiting(String queue) {
        return sqs
                .getQueueAttributes(r ->
                        r.queueUrl(url(queue))
                                .attributeNames(
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                        QueueAttributeName
                                                .APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private String url(String queue) {
        var name =
                switch (queue) {
                    case "render-image", "handle-event" -> "millrace-task-" + queue;
                    default -> "millrace-" + queue;
                };
        return sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
    }

    private static Optional<String> attribute(Message message, String name) {
        Map<String, MessageAttributeValue> attributes = message.messageAttributes();
        return Optional.ofNullable(attributes.get(name)).map(MessageAttributeValue::stringValue);
    }

    private static byte[] bytes(Message message) {
        return message.body().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode tree(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
