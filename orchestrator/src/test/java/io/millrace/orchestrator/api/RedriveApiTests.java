package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.orchestrator.OrchestratorFixture;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveFilter;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** RedriveExecution as the SDK sees it. */
class RedriveApiTests {

    private final OrchestratorFixture fixture = OrchestratorFixture.shared();
    private final SfnClient sfn = fixture.sfn();
    private final String queue = "redrive-" + UUID.randomUUID();

    @Test
    void whatFailedForWantOfAQueueGoesOnWhenItIsThere() {
        var machine = create();
        var execution = start(machine);
        var failed = ended(execution);
        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(failed.redriveStatus()).isEqualTo(ExecutionRedriveStatus.REDRIVABLE);
        assertThat(failed.redriveCount()).isZero();
        fixture.sqs().createQueue(asked -> asked.queueName(queue));

        sfn.redriveExecution(asked -> asked.executionArn(execution).clientToken("t"));

        var mended = ended(execution);
        assertThat(mended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(mended.error()).isNull();
        assertThat(mended.redriveCount()).isEqualTo(1);
        assertThat(mended.redriveDate()).isNotNull();
        assertThat(mended.redriveStatus()).isEqualTo(ExecutionRedriveStatus.NOT_REDRIVABLE);
        assertThat(sfn.getExecutionHistory(asked -> asked.executionArn(execution)).events())
                .anySatisfy(event ->
                        assertThat(event.executionRedrivenEventDetails())
                                .isNotNull()
                                .satisfies(details ->
                                        assertThat(details.redriveCount()).isEqualTo(1)));
        assertThat(
                        sfn.listExecutions(asked ->
                                        asked.stateMachineArn(machine)
                                                .redriveFilter(ExecutionRedriveFilter.REDRIVEN))
                                .executions())
                .singleElement()
                .satisfies(one -> assertThat(one.executionArn()).isEqualTo(execution));
    }

    @Test
    void whatSucceededOrIsNotThereIsNotRedriven() {
        fixture.sqs().createQueue(asked -> asked.queueName(queue));
        var execution = start(create());
        assertThat(ended(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);

        assertThatThrownBy(() -> sfn.redriveExecution(asked -> asked.executionArn(execution)))
                .isInstanceOf(ExecutionNotRedrivableException.class)
                .hasMessageContaining("SUCCEEDED and cannot be redriven");
        assertThatThrownBy(() ->
                        sfn.redriveExecution(asked -> asked.executionArn(execution + "-none")))
                .isInstanceOf(ExecutionDoesNotExistException.class);
    }

    private String create() {
        var url = fixture.cloud().endpoint() + "/000000000000/" + queue;
        return sfn.createStateMachine(asked ->
                        asked.name(queue)
                                .roleArn("arn:aws:iam::000000000000:role/test")
                                .definition(
                                        """
                                        {"StartAt": "Send", "States": {"Send": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                                          "Parameters": {"QueueUrl": "%s", "MessageBody": "hello"}, "End": true}}}
                                        """
                                                .formatted(url)))
                .stateMachineArn();
    }

    private String start(String machine) {
        return sfn.startExecution(asked -> asked.stateMachineArn(machine)).executionArn();
    }

    private DescribeExecutionResponse ended(String execution) {
        return await().until(
                        () -> sfn.describeExecution(asked -> asked.executionArn(execution)),
                        described -> described.status() != ExecutionStatus.RUNNING);
    }
}
