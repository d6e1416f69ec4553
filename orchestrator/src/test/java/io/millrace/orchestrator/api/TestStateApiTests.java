package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.orchestrator.OrchestratorFixture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InspectionLevel;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.TestExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** TestState as the SDK sees it. */
class TestStateApiTests {

    private static final String TASK =
            """
            {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
             "Parameters": {"QueueUrl.$": "$.queue", "MessageBody": "hello"},
             "ResultPath": "$.sent",
             "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 3, "BackoffRate": 2, "MaxAttempts": 2}],
             "Catch": [{"ErrorEquals": ["Other"], "Next": "A"},
                       {"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Mend"}],
             "Next": "After"}
            """;

    private final SfnClient sfn = OrchestratorFixture.shared().sfn();

    @Test
    void aMockTakesThePlaceOfTheCall() {
        var tested = task("{\"MessageId\": \"1\", \"MD5OfMessageBody\": \"x\"}");

        assertThat(tested.status()).isEqualTo(TestExecutionStatus.SUCCEEDED);
        assertThat(tested.nextState()).isEqualTo("After");
        assertThat(tested.output())
                .isEqualTo(
                        "{\"queue\":\"q\",\"sent\":{\"MessageId\":\"1\",\"MD5OfMessageBody\":\"x\"}}");
        assertThat(tested.inspectionData().afterParameters())
                .isEqualTo("{\"QueueUrl\":\"q\",\"MessageBody\":\"hello\"}");
    }

    @Test
    void withoutAMockTheCallIsMade() {
        var queue =
                OrchestratorFixture.shared()
                        .sqs()
                        .createQueue(asked -> asked.queueName("test-state"))
                        .queueUrl();

        var tested =
                test(asked ->
                        asked.definition(TASK)
                                .roleArn("arn:aws:iam::000000000000:role/test")
                                .input("{\"queue\": \"%s\"}".formatted(queue)));

        assertThat(tested.output()).contains("MessageId");
        var sent =
                OrchestratorFixture.shared()
                        .sqs()
                        .receiveMessage(asked -> asked.queueUrl(queue).waitTimeSeconds(5));
        assertThat(sent.messages())
                .singleElement()
                .satisfies(one -> assertThat(one.body()).isEqualTo("hello"));
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 6"})
    void anErrorThatIsRetriedSaysWhen(int before, int pause) {
        var tested = failing("Busy", before);

        assertThat(tested.status()).isEqualTo(TestExecutionStatus.RETRIABLE);
        assertThat(tested.inspectionData().errorDetails().retryIndex()).isZero();
        assertThat(tested.inspectionData().errorDetails().retryBackoffIntervalSeconds())
                .isEqualTo(pause);
    }

    @Test
    void anErrorThatIsRetriedNoMoreIsCaught() {
        var tested = failing("Busy", 2);

        assertThat(tested.status()).isEqualTo(TestExecutionStatus.CAUGHT_ERROR);
        assertThat(tested.nextState()).isEqualTo("Mend");
        assertThat(tested.output())
                .isEqualTo(
                        "{\"queue\":\"q\",\"error\":{\"Error\":\"Busy\",\"Cause\":\"because\"}}");
        assertThat(tested.inspectionData().errorDetails().catchIndex()).isEqualTo(1);
    }

    @Test
    void variablesComeAndGo() {
        var tested =
                test(asked ->
                        asked.definition(
                                        """
                                        {"Type": "Pass", "QueryLanguage": "JSONata", "Assign": {"b": "{% $a + 1 %}"}, "Output": "{% $a %}", "End": true}
                                        """)
                                .variables("{\"a\": 1}"));

        assertThat(tested.output()).isEqualTo("1");
        assertThat(tested.inspectionData().variables()).isEqualTo("{\"a\":1,\"b\":2}");
    }

    @Test
    void anExpressionThatFailsNamesTheState() {
        var tested =
                test(asked ->
                        asked.definition(
                                "{\"Type\": \"Pass\", \"InputPath\": \"$.none\", \"End\": true}"));

        assertThat(tested.status()).isEqualTo(TestExecutionStatus.FAILED);
        assertThat(tested.error()).isEqualTo("States.Runtime");
        assertThat(tested.cause())
                .startsWith("An error occurred while executing the state 'StateName'");
    }

    @Test
    void aStateOfAMachineIsFoundWhereverItLies() {
        var machine =
                """
                {"StartAt": "Each", "States": {"Each": {"Type": "Map", "ItemProcessor": {"StartAt": "Inner", "States": {
                  "Inner": {"Type": "Pass", "Result": 7, "End": true}}}, "End": true}}}
                """;

        assertThat(test(asked -> asked.definition(machine).stateName("Inner")).output())
                .isEqualTo("7");
        assertThatThrownBy(() -> test(asked -> asked.definition(machine).stateName("Outer")))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("State not found in definition");
    }

    @Test
    void aMapShowsItsItems() {
        var tested =
                test(asked ->
                        asked.definition(
                                        """
                                        {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 3, "ToleratedFailureCount": 1,
                                         "ItemSelector": {"n.$": "$$.Map.Item.Value", "i.$": "$$.Map.Item.Index"},
                                         "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                                           "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}, "End": true}
                                        """)
                                .input("{\"items\": [5, 6]}")
                                .mock(mock -> mock.result("[1, 2]")));

        assertThat(tested.output()).isEqualTo("[1,2]");
        assertThat(tested.inspectionData().afterItemSelector())
                .isEqualTo("[{\"n\":5,\"i\":0},{\"n\":6,\"i\":1}]");
        assertThat(tested.inspectionData().maxConcurrency()).isEqualTo(3);
        assertThat(tested.inspectionData().toleratedFailureCount()).isEqualTo(1);
    }

    @Test
    void aMapShowsWhereItPointsAndItsBatches() {
        var tested =
                test(asked ->
                        asked.definition(
                                        """
                                        {"Type": "Map", "QueryLanguage": "JSONata",
                                         "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSON", "ItemsPointer": "/a/b"},
                                           "Arguments": {"Bucket": "b", "Key": "k"}},
                                         "ItemBatcher": {"MaxItemsPerBatch": 2, "BatchInput": {"x": "{% 1 + 1 %}"}},
                                         "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                                           "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}, "End": true}
                                        """)
                                .stateConfiguration(known ->
                                        known.mapItemReaderData("{\"a\": {\"b\": [5, 6, 7]}}"))
                                .mock(mock -> mock.result("[1, 2]")));

        assertThat(tested.inspectionData().afterItemsPointer()).isEqualTo("[5,6,7]");
        assertThat(tested.inspectionData().afterItemsPath()).isNull();
        assertThat(tested.inspectionData().afterItemBatcher())
                .isEqualTo(
                        "[{\"BatchInput\":{\"x\":2},\"Items\":[5,6]},{\"BatchInput\":{\"x\":2},\"Items\":[7]}]");
    }

    @Test
    void aMapShowsTheBatchesThatARunWouldMake() {
        var tested =
                test(asked ->
                        asked.definition(
                                        """
                                        {"Type": "Map", "QueryLanguage": "JSONata", "ItemBatcher": {"MaxItemsPerBatch": 5},
                                         "ItemSelector": "{% $pad($states.context.Map.Item.Value, 120000, 'x') %}",
                                         "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                                           "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}, "End": true}
                                        """)
                                .input("[\"a\", \"b\", \"c\"]")
                                .mock(mock -> mock.result("[1, 2]")));

        var rest = "x".repeat(119_999);
        assertThat(tested.inspectionData().afterItemBatcher())
                .as("each of at most 256 KiB")
                .isEqualTo(
                        "[{\"Items\":[\"a%s\",\"b%s\"]},{\"Items\":[\"c%s\"]}]"
                                .formatted(rest, rest, rest));
    }

    @Test
    void aStateWithinAMapSeesAnItem() {
        var machine =
                """
                {"StartAt": "Each", "States": {"Each": {"Type": "Map", "ItemProcessor": {"StartAt": "Inner", "States": {
                  "Inner": {"Type": "Pass", "Parameters": {"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value"}, "End": true}}}, "End": true}}}
                """;

        assertThat(
                        test(asked -> asked.definition(machine).stateName("Inner").input("[8]"))
                                .output())
                .isEqualTo("{\"i\":0,\"v\":[8]}");
    }

    @Test
    void aContextNeedsAMock() {
        assertThatThrownBy(() ->
                        test(asked ->
                                asked.definition("{\"Type\": \"Pass\", \"End\": true}")
                                        .context("{}")))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Context can be specified only when a mock is specified");
    }

    @Test
    void aMockHasToLookLikeTheServicesAnswer() {
        assertThatThrownBy(() -> task("{\"MessageId\": 1}"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(
                        "Mock result schema validation error: Field 'MessageId' must be a string");
    }

    @Test
    void aMapWithoutAMockIsRefused() {
        assertThatThrownBy(() ->
                        test(asked ->
                                asked.definition(
                                        """
                                        {"Type": "Map", "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}, "End": true}
                                        """)))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("TestState API does not support Map or Parallel states");
    }

    private TestStateResponse task(String mocked) {
        return test(asked ->
                asked.definition(TASK)
                        .input("{\"queue\": \"q\"}")
                        .mock(mock -> mock.result(mocked)));
    }

    private TestStateResponse failing(String error, int retries) {
        return test(asked ->
                asked.definition(TASK)
                        .input("{\"queue\": \"q\"}")
                        .mock(mock ->
                                mock.errorOutput(failed -> failed.error(error).cause("because")))
                        .stateConfiguration(known -> known.retrierRetryCount(retries)));
    }

    private TestStateResponse test(Consumer<TestStateRequest.Builder> request) {
        return sfn.testState(asked -> request.accept(asked.inspectionLevel(InspectionLevel.DEBUG)));
    }
}
