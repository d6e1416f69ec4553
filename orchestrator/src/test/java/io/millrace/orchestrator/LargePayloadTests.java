package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.SfnException;
import tools.jackson.databind.json.JsonMapper;

/** Inputs, outputs and results beyond what AWS takes, and beyond what an item of a table holds. */
class LargePayloadTests {

    private static final String TEXT = "x".repeat(5_000_000);

    private static final String DEFINITION =
            """
            {"StartAt": "Keep", "States": {
              "Keep": {"Type": "Pass", "Next": "Each"},
              "Each": {"Type": "Map", "ItemsPath": "$.items", "ItemSelector": {"text.$": "$.text", "n.$": "$$.Map.Item.Value"},
                "ItemProcessor": {"StartAt": "Echo", "States": {
                  "Echo": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                    "Parameters": {"FunctionName": "echo", "Payload.$": "$"},
                    "ResultSelector": {"n.$": "$.Payload.n", "text.$": "$.Payload.text"}, "End": true}}},
                "End": true}}}
            """;

    private final OrchestratorFixture fixture = OrchestratorFixture.shared();
    private final SfnClient sfn = fixture.sfn();
    private final S3Client s3 =
            OrchestratorFixture.at(S3Client.builder(), fixture.cloud().endpoint())
                    .forcePathStyle(true)
                    .build();

    @Test
    void fiveMegabytesGoThroughPassMapAndTask() {
        var machine = create(sfn, DEFINITION);

        var execution =
                sfn.startExecution(r ->
                                r.stateMachineArn(machine)
                                        .input("{\"items\":[1,2],\"text\":\"%s\"}".formatted(TEXT)))
                        .executionArn();

        var ended = ended(sfn, execution);
        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var output = JsonMapper.shared().readTree(ended.output());
        assertThat(output.at("/1/text").stringValue()).isEqualTo(TEXT);
        assertThat(output.at("/1/n").intValue()).isEqualTo(2);

        var id = execution.substring(execution.lastIndexOf(":test-") + 1).replace(':', '/');
        var objects =
                s3.listObjectsV2(r -> r.bucket("millrace-results").prefix("executions/" + id + "/"))
                        .contents();
        assertThat(objects).extracting(S3Object::size).allMatch(size -> size > 300_000);
        assertThat(objects.size()).isBetween(4, 20);
    }

    @Test
    void anotherReplicaReadsWhatOneHasWrittenAndTheHistoryComesInPages() {
        var machine =
                create(
                        sfn,
                        """
                        {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "End": true}}}
                        """);
        var input = "\"%s\"".formatted(TEXT);
        var execution =
                sfn.startExecution(r -> r.stateMachineArn(machine).input(input)).executionArn();
        ended(sfn, execution);

        try (var other = OrchestratorFixture.start(fixture.cloud(), List.of())) {
            var there =
                    OrchestratorFixture.at(SfnClient.builder(), OrchestratorFixture.endpoint(other))
                            .build();
            assertThat(there.describeExecution(r -> r.executionArn(execution)).output())
                    .isEqualTo(input);
            var first = there.getExecutionHistory(r -> r.executionArn(execution));
            assertThat(first.events().size()).isBetween(1, 5);
            assertThat(first.nextToken()).isNotNull();
            assertThat(
                            there
                                    .getExecutionHistoryPaginator(r -> r.executionArn(execution))
                                    .events()
                                    .stream()
                                    .map(HistoryEvent::id))
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        }
    }

    @Test
    void strictlyAsAwsItFails() {
        try (var strict =
                OrchestratorFixture.start(
                        fixture.cloud(), List.of("--millrace.orchestrator.aws-strict=true"))) {
            var there =
                    OrchestratorFixture.at(
                                    SfnClient.builder(), OrchestratorFixture.endpoint(strict))
                            .build();
            var machine =
                    create(
                            there,
                            """
                            {"StartAt": "Double", "States": {"Double": {"Type": "Pass", "End": true,
                              "Parameters": {"a.$": "$", "b.$": "$"}}}}
                            """);
            var large = "\"%s\"".formatted("x".repeat(200_000));

            var ended =
                    ended(
                            there,
                            there.startExecution(r -> r.stateMachineArn(machine).input(large))
                                    .executionArn());

            assertThat(ended.error()).isEqualTo("States.DataLimitExceeded");
            assertThat(ended.cause())
                    .isEqualTo(
                            "The state/task 'Double' returned a result with a size exceeding the maximum number of bytes service limit.");
            assertThatThrownBy(() ->
                            there.startExecution(r ->
                                    r.stateMachineArn(machine)
                                            .input("\"%s\"".formatted("x".repeat(262_143)))))
                    .isInstanceOf(SfnException.class)
                    .hasMessageContaining("Member must have length less than or equal to 262144");
        }
    }

    private static String create(SfnClient sfn, String definition) {
        return sfn.createStateMachine(r ->
                        r.name("test-" + UUID.randomUUID())
                                .definition(definition)
                                .roleArn("arn:aws:iam::000000000000:role/r"))
                .stateMachineArn();
    }

    private static DescribeExecutionResponse ended(SfnClient sfn, String execution) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> sfn.describeExecution(r -> r.executionArn(execution)),
                        described -> described.status() != ExecutionStatus.RUNNING);
    }
}
