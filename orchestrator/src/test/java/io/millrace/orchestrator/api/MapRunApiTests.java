package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.orchestrator.OrchestratorFixture;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** Map runs as the SDK sees them; the children's tasks are done by a worker: this test. */
class MapRunApiTests {

    private final SfnClient sfn = OrchestratorFixture.shared().sfn();
    private final String name = "maprun-" + UUID.randomUUID();
    private final String activity = sfn.createActivity(ask -> ask.name(name)).activityArn();

    @Test
    void aMapRunTellsHowItGoes() {
        var execution = start("[1, 2, 3]", "\"MaxConcurrency\": 1,");
        var mapRun = mapRun(execution);
        assertThat(mapRun)
                .startsWith("arn:aws:states:us-east-1:000000000000:mapRun:" + name + "/each:");
        var first = token();

        var running = describe(mapRun);
        assertThat(running.status()).isEqualTo(MapRunStatus.RUNNING);
        assertThat(running.executionArn()).isEqualTo(execution);
        assertThat(running.maxConcurrency()).isEqualTo(1);
        assertThat(running.stopDate()).isNull();
        assertThat(running.itemCounts().total()).isEqualTo(3);
        assertThat(running.executionCounts().running()).isEqualTo(1);
        assertThat(running.executionCounts().pending()).isEqualTo(2);

        for (var token = first; token != null; token = token()) {
            succeed(token);
        }
        assertThat(ended(execution).output()).isEqualTo("[{},{},{}]");
        var ended = describe(mapRun);
        assertThat(ended.status()).isEqualTo(MapRunStatus.SUCCEEDED);
        assertThat(ended.stopDate()).isNotNull();
        assertThat(ended.redriveCount()).isZero();
        assertThat(ended.executionCounts().succeeded()).isEqualTo(3);
        assertThat(ended.executionCounts().total()).isEqualTo(3);
        assertThat(ended.itemCounts().succeeded()).isEqualTo(3);
    }

    @Test
    void aMapRunThatRunsIsGivenMoreRoomAndBearsMore() {
        var execution = start("[1, 2, 3]", "\"MaxConcurrency\": 1,");
        var mapRun = mapRun(execution);
        var first = token();

        sfn.updateMapRun(ask ->
                ask.mapRunArn(mapRun)
                        .maxConcurrency(3)
                        .toleratedFailureCount(1L)
                        .toleratedFailurePercentage(50.0f));
        // All three are there at once now.
        var second = token();
        var third = token();
        sfn.sendTaskFailure(ask -> ask.taskToken(first).error("Bad"));
        succeed(second);
        succeed(third);

        assertThat(ended(execution).output()).isEqualTo("[null,{},{}]");
        var ended = describe(mapRun);
        assertThat(ended.maxConcurrency()).isEqualTo(3);
        assertThat(ended.toleratedFailureCount()).isEqualTo(1);
        assertThat(ended.toleratedFailurePercentage()).isEqualTo(50.0f);
        assertThat(ended.executionCounts().failed()).isEqualTo(1);
        assertThatThrownBy(() -> sfn.updateMapRun(ask -> ask.mapRunArn(mapRun).maxConcurrency(1)))
                .isInstanceOf(SfnException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void theChildrenOfAMapRunAreListed() {
        var execution = start("[1, 2]", "");
        var mapRun = mapRun(execution);
        succeed(token());
        succeed(token());
        ended(execution);

        var children = sfn.listExecutions(ask -> ask.mapRunArn(mapRun)).executions();

        assertThat(children).hasSize(2).allMatch(child -> child.itemCount() == 1);
        assertThat(children).extracting(ExecutionListItem::mapRunArn).containsOnly(mapRun);
        assertThat(children)
                .extracting(ExecutionListItem::stateMachineArn)
                .containsOnly(
                        "arn:aws:states:us-east-1:000000000000:stateMachine:" + name + "/each");
        assertThat(
                        sfn.describeExecution(
                                        ask -> ask.executionArn(children.getFirst().executionArn()))
                                .mapRunArn())
                .isEqualTo(mapRun);
        var machine =
                sfn.describeStateMachineForExecution(
                        ask -> ask.executionArn(children.getFirst().executionArn()));
        assertThat(machine.label()).isEqualTo("each");
        assertThat(machine.mapRunArn()).isEqualTo(mapRun);
        assertThat(machine.definition()).startsWith("{\"ProcessorConfig\"");
        assertThat(
                        sfn.describeStateMachineForExecution(ask -> ask.executionArn(execution))
                                .revisionId())
                .isEqualTo(machine.revisionId());
        assertThat(
                        sfn.listExecutions(ask ->
                                        ask.mapRunArn(mapRun).statusFilter(ExecutionStatus.FAILED))
                                .executions())
                .isEmpty();
    }

    @Test
    void aMapRunIsRedrivenWithItsExecution() {
        var execution = start("[1, 2]", "\"MaxConcurrency\": 1,");
        var mapRun = mapRun(execution);
        succeed(token());
        var second = token();
        sfn.sendTaskFailure(ask -> ask.taskToken(second).error("Bad"));
        assertThat(ended(execution).status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(describe(mapRun).status()).isEqualTo(MapRunStatus.FAILED);

        sfn.redriveExecution(ask -> ask.executionArn(execution));
        succeed(token());

        assertThat(ended(execution).output()).isEqualTo("[{},{}]");
        var redriven = describe(mapRun);
        assertThat(redriven.redriveCount()).isEqualTo(1);
        assertThat(redriven.redriveDate()).isNotNull();
        assertThat(redriven.executionCounts().succeeded()).isEqualTo(2);
        assertThat(redriven.executionCounts().failed()).isZero();
        assertThat(sfn.listExecutions(ask -> ask.mapRunArn(mapRun)).executions())
                .extracting(ExecutionListItem::redriveCount)
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void whatIsNoMapRunIsSaidSo() {
        var arn = "arn:aws:states:us-east-1:000000000000:mapRun:" + name + "/each:none-7";
        assertThatThrownBy(() -> describe(arn)).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> sfn.updateMapRun(ask -> ask.mapRunArn(arn)))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> describe("nonsense")).isInstanceOf(InvalidArnException.class);
    }

    private String start(String input, String fields) {
        var machine =
                sfn.createStateMachine(create ->
                                create.name(name)
                                        .roleArn("arn:aws:iam::000000000000:role/any")
                                        .definition(
                                                """
                                                {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "each", %s
                                                  "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                                                    "StartAt": "Do", "States": {"Do": {"Type": "Task", "Resource": "%s", "End": true}}},
                                                  "End": true}}}
                                                """
                                                        .formatted(fields, activity)))
                        .stateMachineArn();
        return sfn.startExecution(start -> start.stateMachineArn(machine).input(input))
                .executionArn();
    }

    private String mapRun(String execution) {
        var runs = sfn.listMapRuns(ask -> ask.executionArn(execution)).mapRuns();
        assertThat(runs).singleElement().matches(run -> run.executionArn().equals(execution));
        return runs.getFirst().mapRunArn();
    }

    private String token() {
        return sfn.getActivityTask(ask -> ask.activityArn(activity)).taskToken();
    }

    private void succeed(String token) {
        sfn.sendTaskSuccess(send -> send.taskToken(token).output("{}"));
    }

    private DescribeMapRunResponse describe(String mapRun) {
        return sfn.describeMapRun(ask -> ask.mapRunArn(mapRun));
    }

    private DescribeExecutionResponse ended(String execution) {
        return await().until(
                        () -> sfn.describeExecution(ask -> ask.executionArn(execution)),
                        described -> described.status() != ExecutionStatus.RUNNING);
    }
}
