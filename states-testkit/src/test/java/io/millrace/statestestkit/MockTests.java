package io.millrace.statestestkit;

import static io.millrace.statestestkit.Answer.fails;
import static io.millrace.statestestkit.Answer.never;
import static io.millrace.statestestkit.Answer.returns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who answers for a task, and with what. */
class MockTests {

    private static final String SQS = "arn:aws:states:::sqs:sendMessage";

    private static final StateMachineTest ORDER =
            StateMachineTest.of(
                    "order",
                    """
                    {"StartAt": "Reserve", "States": {
                      "Reserve": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                        "Parameters": {"FunctionName": "arn:aws:lambda:us-east-1:123456789012:function:reserve:live",
                          "Payload": {"item.$": "$.item"}},
                        "ResultSelector": {"id.$": "$.Payload.id"}, "ResultPath": "$.reservation", "Next": "Charge"},
                      "Charge": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:charge",
                        "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 2, "MaxAttempts": 3}],
                        "TimeoutSeconds": 600, "ResultPath": "$.payment", "Next": "Tell"},
                      "Tell": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                        "Parameters": {"QueueUrl": "q", "MessageBody.$": "$"}, "ResultPath": null, "End": true}}}
                    """);

    private static final StateMachineTest WELL =
            ORDER.mockFunction(
                            "reserve", payload -> Map.of("id", "r-" + payload.get("item").asInt()))
                    .mock("Charge", returns("{\"id\": \"c-1\"}"))
                    .mock(SQS, returns("{}"));

    @Test
    void statesFunctionsAndResourcesAreMocked() {
        var execution = WELL.run(Map.of("item", 7));

        assertThat(execution)
                .visitedExactly("Reserve", "Charge", "Tell")
                .hasOutput(
                        "{\"item\": 7, \"reservation\": {\"id\": \"r-7\"}, \"payment\": {\"id\": \"c-1\"}}")
                .hasOutputAt("/payment/id", "\"c-1\"")
                .didNotRetry("Charge")
                .took(Duration.ZERO);
    }

    @Test
    void aJobsMockIsItsEnd() {
        var nested =
                StateMachineTest.of(
                                "nested",
                                """
                                {"StartAt": "Run", "States": {"Run": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
                                  "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:other"},
                                  "OutputPath": "$.Output", "End": true}}}
                                """)
                        .mock(
                                "Run",
                                returns("{\"Output\": {\"n\": 1}}").after(Duration.ofHours(2)));

        var execution = nested.run("{}");

        assertThat(execution).hasOutput("{\"n\": 1}").took(Duration.ofHours(2));
        assertThat(execution.calls("Run").getFirst().token()).isEmpty();
    }

    @Test
    void answersInTurnAndTheLastOneStays() {
        var execution =
                WELL.mock("Charge", fails("Busy"), fails("Busy", "still"), returns("1"))
                        .run("{\"item\": 1}");

        assertThat(execution)
                .succeeded()
                .calledTimes("Charge", 3)
                .retried("Charge", Duration.ofSeconds(2), Duration.ofSeconds(4))
                .took(Duration.ofSeconds(6));
        assertThat(WELL.mock("Charge", fails("Busy")).run("{\"item\": 1}"))
                .failedWith("Busy")
                .calledTimes("Charge", 4);
    }

    @Test
    void aMockFailsItsTaskByAnException() {
        var execution =
                WELL.mock(
                                "Charge",
                                input -> {
                                    throw new TaskFailure("Card.Declined", "no money");
                                })
                        .run("{\"item\": 1}");

        assertThat(execution)
                .failedWith("Card.Declined", "no money")
                .hasEvents("LambdaFunctionScheduled", "LambdaFunctionFailed", "ExecutionFailed");
    }

    @Test
    void whatElseAMockThrowsFailsTheTest() {
        var broken =
                WELL.mock(
                        "Charge",
                        input -> {
                            throw new IllegalStateException("the mock is broken");
                        });

        assertThatThrownBy(() -> broken.run("{\"item\": 1}")).hasMessage("the mock is broken");
    }

    @Test
    void aTaskThatNeverAnswersTimesOut() {
        assertThat(WELL.mock("Charge", never()).run("{\"item\": 1}"))
                .failedWith("States.Timeout")
                .hasEvents("LambdaFunctionTimedOut")
                .took(Duration.ofMinutes(10));
    }

    @Test
    void anAnswerTakesItsTime() {
        var slow = returns("1").after(Duration.ofMinutes(9));

        assertThat(WELL.mock("Charge", slow).run("{\"item\": 1}"))
                .succeeded()
                .took(Duration.ofMinutes(9));
        assertThat(WELL.mock("Charge", slow.after(Duration.ofMinutes(11))).run("{\"item\": 1}"))
                .failedWith("States.Timeout");
    }

    @Test
    void aMockSeesAllOfItsCall() {
        var execution =
                WELL.mockCalls(
                                "Charge",
                                call ->
                                        call.attempt() < 2
                                                ? fails("Busy")
                                                : returns(
                                                        Map.of(
                                                                "attempt",
                                                                call.attempt(),
                                                                "number",
                                                                call.number(),
                                                                "time",
                                                                call.time().toString())))
                        .run("{\"item\": 1}");

        assertThat(execution)
                .hasOutputAt(
                        "/payment",
                        "{\"attempt\": 2, \"number\": 2, \"time\": \"2026-01-01T00:00:06Z\"}")
                .called("Charge", "{\"item\": 1, \"reservation\": {\"id\": \"r-1\"}}");
    }

    @Test
    void aTaskWithoutAMockSaysHowToMockIt() {
        assertThatThrownBy(() -> ORDER.run("{\"item\": 7}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("State 'Reserve' calls arn:aws:states:::lambda:invoke")
                .hasMessageContaining(".mock(\"Reserve\", input -> …)")
                .hasMessageContaining(".mockFunction(\"reserve\", input -> …)")
                .hasMessageContaining("{\"item\":7}");
    }

    @Test
    void aMockForNoStateSaysWhichThereAre() {
        assertThatThrownBy(() -> ORDER.mock("Chrage", returns("1")))
                .hasMessage("'order' has no Task state 'Chrage'; it has [Reserve, Charge, Tell]");
    }

    @Test
    void aTextThatIsNoJsonSaysSo() {
        assertThatThrownBy(() -> WELL.mock("Charge", input -> "c-1").run("{\"item\": 1}"))
                .hasMessageContaining("What the mock of 'Charge' returns is no JSON")
                .hasMessageContaining("A String is read as JSON text");
    }

    @Test
    void aDefinitionThatIsNoneSaysAllThatIsWrong() {
        assertThatThrownBy(() -> StateMachineTest.of("bad", "{\"States\": {}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bad is no valid definition")
                .hasMessageContaining("StartAt");
    }

    @Test
    void aLoopWithoutAnEndIsEnded() {
        var loop =
                StateMachineTest.of(
                        "loop",
                        """
                        {"StartAt": "Again", "States": {
                          "Again": {"Type": "Pass", "Next": "Done?"},
                          "Done?": {"Type": "Choice", "Default": "Again", "Choices": [
                            {"Variable": "$.done", "IsPresent": true, "Next": "Done"}]},
                          "Done": {"Type": "Succeed"}}}
                        """);

        assertThatThrownBy(() -> loop.run("{}")).hasMessageContaining("25,000 events");
    }

    @Test
    void theSameSeedIsTheSameRun() {
        var chance =
                StateMachineTest.of(
                        "chance",
                        """
                        {"StartAt": "Roll", "QueryLanguage": "JSONata", "States": {
                          "Roll": {"Type": "Pass", "Output": "{% [$uuid(), $random(), $states.context.Execution.Name] %}", "End": true}}}
                        """);

        var output = chance.run("{}").output();
        assertThat(chance.run("{}").output()).isEqualTo(output);
        assertThat(chance.withSeed(2).run("{}").output()).isNotEqualTo(output);
        assertThat(chance.named("other").run("{}").output().get(2).asString()).isEqualTo("other");
        assertThat(List.of(output.get(0).asString().split("-"))).hasSize(5);
    }
}
