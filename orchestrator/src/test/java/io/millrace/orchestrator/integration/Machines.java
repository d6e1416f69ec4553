package io.millrace.orchestrator.integration;

import static org.awaitility.Awaitility.await;

import io.millrace.orchestrator.OrchestratorFixture;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs definitions on an orchestrator, as any client of Step Functions does. */
final class Machines {

    private static final String ROLE = "arn:aws:iam::000000000000:role/r";

    private final SfnClient sfn;

    Machines(SfnClient sfn) {
        this.sfn = sfn;
    }

    static Machines shared() {
        return new Machines(OrchestratorFixture.shared().sfn());
    }

    SfnClient sfn() {
        return sfn;
    }

    String create(String definition) {
        return sfn.createStateMachine(r ->
                        r.name("test-" + UUID.randomUUID()).definition(definition).roleArn(ROLE))
                .stateMachineArn();
    }

    /** A state machine of one Task state. */
    String ofTask(String resource, String parameters) {
        return create(
                """
                {"StartAt": "Do", "States": {"Do": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:::%s", "Parameters": %s}}}
                """
                        .formatted(resource, parameters));
    }

    DescribeExecutionResponse run(String machine, String input) {
        return ended(
                sfn.startExecution(r -> r.stateMachineArn(machine).input(input)).executionArn());
    }

    /** The end of an execution of one task. */
    DescribeExecutionResponse task(String resource, String parameters) {
        return run(ofTask(resource, parameters), "{}");
    }

    /** The output of an execution of one task, which has to succeed. */
    JsonNode output(String resource, String parameters) {
        var ended = task(resource, parameters);
        if (ended.status() != ExecutionStatus.SUCCEEDED) {
            throw new AssertionError("%s: %s".formatted(ended.error(), ended.cause()));
        }
        return json(ended.output());
    }

    DescribeExecutionResponse ended(String execution) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> sfn.describeExecution(r -> r.executionArn(execution)),
                        described -> described.status() != ExecutionStatus.RUNNING);
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
