package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.launcher.Part;
import io.millrace.launcher.WebhookSecret;
import io.millrace.launcher.demo.Aws;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** The journal is all that an execution is: who moves it may change. */
@Tag("lambda")
@EnabledIfEnvironmentVariable(named = "LAMBDA_RIE", matches = ".+")
class AcrossTargetsTests {

    private static final String WAITS =
            """
            {"StartAt": "Before", "States": {
              "Before": {"Type": "Pass", "Result": "a process", "ResultPath": "$.before", "Next": "Pause"},
              "Pause": {"Type": "Wait", "Seconds": 4, "Next": "After"},
              "After": {"Type": "Pass", "Result": "Lambda", "ResultPath": "$.after", "End": true}}}\
            """;

    @Test
    void anExecutionStartsInAProcessAndEndsOnLambda() throws Exception {
        var prefix = "across-" + Long.toString(System.nanoTime() % 1_679_616, 36) + "-";
        var secret = WebhookSecret.random();
        var others = EnumSet.complementOf(EnumSet.of(Part.ORCHESTRATOR, Part.LOCAL_CLOUD));
        try (var processes = JvmDeployment.start(prefix, secret, others, true)) {
            String execution;
            try (var aws = Aws.at(processes.endpoint(), processes.orchestrator(), prefix)) {
                var states = aws.stepFunctions();
                var machine =
                        states.createStateMachine(request ->
                                        request.name("across")
                                                .definition(WAITS)
                                                .roleArn("arn:aws:iam::000000000000:role/any"))
                                .stateMachineArn();
                execution =
                        states.startExecution(r -> r.stateMachineArn(machine).input("{}"))
                                .executionArn();
            }
            processes.kill(Part.ORCHESTRATOR);
            try (var lambda =
                            LambdaDeployment.beside(
                                    processes.endpoint(), prefix, secret, Part.ORCHESTRATOR);
                    var aws = Aws.at(processes.endpoint(), lambda.orchestrator(), prefix)) {
                var states = aws.stepFunctions();
                var ended =
                        Eyes.eventually(
                                "the end of the execution",
                                () ->
                                        Optional.of(
                                                        states.describeExecution(
                                                                r -> r.executionArn(execution)))
                                                .filter(each ->
                                                        each.status() != ExecutionStatus.RUNNING));
                assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
                assertThat(ended.output()).contains("a process", "Lambda");
                assertThat(states.getExecutionHistory(r -> r.executionArn(execution)).events())
                        .extracting(event -> event.type())
                        .containsOnlyOnce(
                                HistoryEventType.EXECUTION_STARTED,
                                HistoryEventType.WAIT_STATE_ENTERED,
                                HistoryEventType.WAIT_STATE_EXITED,
                                HistoryEventType.EXECUTION_SUCCEEDED);
            }
        }
    }
}
