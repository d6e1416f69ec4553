package io.millrace.statestestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mocks as Step Functions Local has them. */
class MockConfigFileTests {

    private static final MockConfigFile FILE =
            MockConfigFile.read(Path.of("src/test/resources/MockConfigFile.json"));

    private static final StateMachineTest MACHINE =
            StateMachineTest.of(
                    "LambdaSQSIntegration",
                    """
                    {"StartAt": "LambdaState", "States": {
                      "LambdaState": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                        "Parameters": {"FunctionName": "HelloWorldFunction", "Payload.$": "$"},
                        "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 3, "BackoffRate": 2}],
                        "Next": "SQSState"},
                      "SQSState": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                        "Parameters": {"QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/myQueue", "MessageBody.$": "$"},
                        "End": true}}}
                    """);

    static List<MockConfigFile.TestCase> cases() {
        return FILE.testCases("LambdaSQSIntegration");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyTestCaseSucceeds(MockConfigFile.TestCase testCase) {
        var execution =
                MACHINE.mock(testCase).mock("SQSState", _ -> "{\"MessageId\": \"m\"}").run("{}");

        assertThat(execution).succeeded().visitedExactly("LambdaState", "SQSState");
    }

    @Test
    void whatIsThrownIsRetriedUntilSomethingReturns() {
        var execution = MACHINE.mock(FILE.testCase("LambdaSQSIntegration", "RetryPath")).run("{}");

        assertThat(execution)
                .hasOutputAt("/MessageId", "\"3bcb6e8e-8b51-4375-b0bc-1a59812c6e51\"")
                .retried(
                        "LambdaState",
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8));
        assertThat(execution.history().toString())
                .contains("Lambda.ResourceNotReadyException", "Lambda.TimeoutException");
    }

    @Test
    void aStateThatTheCaseDoesNotMockNeedsAMockOfItsOwn() {
        var hybrid = MACHINE.mock(FILE.testCase("LambdaSQSIntegration", "HybridPath"));

        assertThatThrownBy(() -> hybrid.run("{}"))
                .hasMessageContaining("State 'SQSState'")
                .hasMessageContaining("nothing answers for it");
    }

    @Test
    void aCallTooManySaysSo() {
        var machine =
                "{\"StateMachines\": {\"M\": {\"TestCases\": {\"T\": {\"LambdaState\": \"Once\"}}}},";
        var once =
                MockConfigFile.of(
                        "once.json",
                        machine
                                + "\"MockedResponses\": {\"Once\": {\"0\": {\"Throw\": {\"Error\": \"E\"}}}}}");

        assertThatThrownBy(() -> MACHINE.mock(once.testCase("M", "T")).run("{}"))
                .hasMessage(
                        "once.json: 'Once' has no response \"1\", and state 'LambdaState' calls once more");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> FILE.testCase("Other", "T"))
                .hasMessageEndingWith(
                        "there is no state machine 'Other', but [LambdaSQSIntegration]");
        assertThatThrownBy(() -> FILE.testCase("LambdaSQSIntegration", "T"))
                .hasMessageEndingWith(
                        "there is no test case 'T', but [HappyPath, HybridPath, RetryPath]");
    }

    @Test
    void responsesThatAreNoneAreRefused() {
        for (var wrong :
                List.of(
                        "\"a\": {\"Return\": 1}",
                        "\"2-1\": {\"Return\": 1}",
                        "\"0\": {}",
                        "\"0\": {\"Throw\": {}}")) {
            var file =
                    MockConfigFile.of(
                            "wrong.json",
                            """
                            {"StateMachines": {"M": {"TestCases": {"T": {"S": "R"}}}}, "MockedResponses": {"R": {%s}}}
                            """
                                    .formatted(wrong));

            assertThatThrownBy(() -> file.testCase("M", "T"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("wrong.json: 'R' has ");
        }
    }
}
