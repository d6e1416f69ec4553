package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.orchestrator.OrchestratorFixture;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.LogDestination;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.StateMachineTypeNotSupportedException;
import software.amazon.awssdk.services.sfn.model.SyncExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;

class ExpressApiTests {

    private static final String PASS =
            """
            {"StartAt": "Greet", "States": {"Greet": {"Type": "Pass",
              "Parameters": {"id.$": "$$.Execution.Id", "name.$": "$$.Execution.Name"}, "End": true}}}
            """;

    private final OrchestratorFixture fixture = OrchestratorFixture.shared();
    private final SqsClient sqs = fixture.sqs();

    /** The SDK puts "sync-" before the host of StartSyncExecution unless it is told not to. */
    private final SfnClient sfn =
            OrchestratorFixture.at(SfnClient.builder(), fixture.endpoint())
                    .overrideConfiguration(override ->
                            override.putAdvancedOption(
                                    SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
                    .build();

    @Test
    void aCallerWaitsForTheEnd() {
        var machine = create(PASS);

        var ended =
                sfn.startSyncExecution(r ->
                        r.stateMachineArn(machine).name("one").input("{}").traceHeader("Root=1"));

        assertThat(ended.status()).isEqualTo(SyncExecutionStatus.SUCCEEDED);
        assertThat(ended.executionArn())
                .startsWith(machine.replace(":stateMachine:", ":express:") + ":one:");
        assertThat(ended.output())
                .isEqualTo("{\"id\":\"%s\",\"name\":\"one\"}".formatted(ended.executionArn()));
        assertThat(ended.outputDetails().included()).isTrue();
        assertThat(ended.stateMachineArn()).isEqualTo(machine);
        assertThat(ended.traceHeader()).isEqualTo("Root=1");
        assertThat(ended.billingDetails().billedMemoryUsedInMB()).isEqualTo(64);
        assertThat(ended.billingDetails().billedDurationInMilliseconds() % 100).isZero();
    }

    @Test
    void aCallerLearnsWhyItFailed() {
        var ended =
                run(
                        """
                        {"StartAt": "Stop", "States": {"Stop": {"Type": "Fail", "Error": "Broken", "Cause": "it fell"}}}
                        """);

        assertThat(ended.status()).isEqualTo(SyncExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("Broken");
        assertThat(ended.cause()).isEqualTo("it fell");
        assertThat(ended.output()).isNull();
    }

    @Test
    void itEndsAtItsTimeout() {
        var ended =
                run(
                        """
                        {"TimeoutSeconds": 1, "StartAt": "Long", "States": {"Long": {"Type": "Wait", "Seconds": 60, "End": true}}}
                        """);

        assertThat(ended.status()).isEqualTo(SyncExecutionStatus.TIMED_OUT);
        assertThat(ended.error()).isEqualTo("States.Timeout");
        assertThat(Duration.between(ended.startDate(), ended.stopDate()))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
    }

    @Test
    void tasksAreCalledOnTheWay() {
        var queue = sqs.createQueue(request -> request.queueName(name())).queueUrl();

        var ended = run(sends(queue));

        assertThat(ended.output()).matches("\"[0-9a-f]{32}\"");
        assertThat(receive(queue)).isEqualTo("hello");
    }

    @Test
    void whatNobodyWaitsForRunsToo() {
        var queue = sqs.createQueue(request -> request.queueName(name())).queueUrl();
        var machine = create(sends(queue));

        // No name is taken: both run.
        var arns = List.of(start(machine), start(machine));

        assertThat(arns).doesNotHaveDuplicates().allMatch(arn -> arn.contains(":express:"));
        await().untilAsserted(() -> assertThat(receive(queue)).isEqualTo("hello"));
        await().untilAsserted(() -> assertThat(receive(queue)).isEqualTo("hello"));
    }

    @Test
    void nothingIsKeptOfAnExecution() {
        var machine = create(PASS);
        var execution = start(machine);

        assertThatThrownBy(() -> sfn.describeExecution(r -> r.executionArn(execution)))
                .isInstanceOf(InvalidArnException.class)
                .hasMessageContaining("Resource type not valid in this context: express");
        assertThatThrownBy(() -> sfn.getExecutionHistory(r -> r.executionArn(execution)))
                .isInstanceOf(InvalidArnException.class);
        assertThatThrownBy(() -> sfn.stopExecution(r -> r.executionArn(execution)))
                .isInstanceOf(InvalidArnException.class);
        assertThatThrownBy(() -> sfn.listExecutions(r -> r.stateMachineArn(machine)))
                .isInstanceOf(StateMachineTypeNotSupportedException.class);
    }

    @Test
    void aStandardWorkflowIsNotWaitedFor() {
        var machine =
                sfn.createStateMachine(r -> r.name(name()).definition(PASS).roleArn(role()))
                        .stateMachineArn();

        assertThatThrownBy(() -> sfn.startSyncExecution(r -> r.stateMachineArn(machine)))
                .isInstanceOf(StateMachineTypeNotSupportedException.class);
    }

    @Test
    void whatWaitsForOthersIsRefused() {
        assertThatThrownBy(() ->
                        create(
                                """
                                {"StartAt": "Ask", "States": {"Ask": {"Type": "Task",
                                  "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                                  "Parameters": {"QueueUrl": "q", "MessageBody.$": "$$.Task.Token"}, "End": true}}}
                                """))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(
                        "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration at /States/Ask/Resource");
    }

    @Test
    void theHistoryIsLoggedAsTheStateMachineSays() {
        var lines = new ListAppender<ILoggingEvent>();
        var log = (Logger) LoggerFactory.getLogger("millrace.executions");
        lines.start();
        log.addAppender(lines);
        try {
            var machine =
                    sfn.createStateMachine(r ->
                                    r.name(name())
                                            .definition(PASS)
                                            .roleArn(role())
                                            .type(StateMachineType.EXPRESS)
                                            .loggingConfiguration(logging ->
                                                    logging.level(LogLevel.ALL)
                                                            .includeExecutionData(true)
                                                            .destinations(LOG_GROUP)))
                            .stateMachineArn();
            var ended = sfn.startSyncExecution(r -> r.stateMachineArn(machine).input("{\"a\":1}"));

            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .filteredOn(line -> line.contains(ended.executionArn()))
                    .hasSize(4)
                    .first()
                    .asString()
                    .contains("\"type\":\"ExecutionStarted\"", "\"input\":\"{\\\"a\\\":1}\"");
            assertThat(
                            sfn.describeStateMachine(r -> r.stateMachineArn(machine))
                                    .loggingConfiguration()
                                    .level())
                    .isEqualTo(LogLevel.ALL);
        } finally {
            log.detachAppender(lines);
        }
    }

    private static final LogDestination LOG_GROUP =
            LogDestination.builder()
                    .cloudWatchLogsLogGroup(group ->
                            group.logGroupArn(
                                    "arn:aws:logs:us-east-1:000000000000:log-group:express:*"))
                    .build();

    private static String sends(String queue) {
        return """
        {"StartAt": "Send", "States": {"Send": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
          "Parameters": {"QueueUrl": "%s", "MessageBody": "hello"}, "OutputPath": "$.MD5OfMessageBody", "End": true}}}
        """
                .formatted(queue);
    }

    private StartSyncExecutionResponse run(String definition) {
        var machine = create(definition);
        return sfn.startSyncExecution(r -> r.stateMachineArn(machine));
    }

    private String start(String machine) {
        return sfn.startExecution(r -> r.stateMachineArn(machine).name("same")).executionArn();
    }

    private String create(String definition) {
        return sfn.createStateMachine(r ->
                        r.name(name())
                                .definition(definition)
                                .roleArn(role())
                                .type(StateMachineType.EXPRESS))
                .stateMachineArn();
    }

    private String receive(String queue) {
        var messages = sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(5)).messages();
        messages.forEach(message ->
                sqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle())));
        return messages.isEmpty() ? "" : messages.getFirst().body();
    }

    private static String role() {
        return "arn:aws:iam::000000000000:role/states";
    }

    private static String name() {
        return "express-" + UUID.randomUUID();
    }
}
