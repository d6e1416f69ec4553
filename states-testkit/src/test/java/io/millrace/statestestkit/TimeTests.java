package io.millrace.statestestkit;

import static io.millrace.statestestkit.Answer.never;
import static io.millrace.statestestkit.Answer.returns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Time that passes at once, and what the test does while it waits. */
class TimeTests {

    private static final StateMachineTest MONTH =
            StateMachineTest.of(
                    "month",
                    """
                    {"StartAt": "Long", "States": {
                      "Long": {"Type": "Wait", "Seconds": 2592000, "Next": "Done"}, "Done": {"Type": "Succeed"}}}
                    """);

    private static final StateMachineTest APPROVAL =
            StateMachineTest.of(
                            "approval",
                            """
                            {"StartAt": "Ask", "States": {
                              "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                                "Parameters": {"QueueUrl": "q", "MessageBody": {"link.$": "States.Format('https://shop/approve?token={}', $$.Task.Token)"}},
                                "TimeoutSeconds": 86400, "HeartbeatSeconds": 3600, "End": true}}}
                            """)
                    .mock("Ask", never());

    @Test
    void thirtyDaysPassInUnderATenthOfASecond() {
        MONTH.run("{}");

        var before = System.nanoTime();
        var execution = MONTH.run("{}");
        var took = Duration.ofNanos(System.nanoTime() - before);

        assertThat(execution).succeeded().took(Duration.ofDays(30));
        assertThat(took).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void aTestMayLetTimePassStepByStep() {
        var execution = MONTH.start("{}");

        execution.advance(Duration.ofDays(29));
        assertThat(execution).isRunning().waitsIn("Long").took(Duration.ofDays(29));
        execution.advance(Duration.ofDays(2));
        assertThat(execution).succeeded().took(Duration.ofDays(30));
    }

    @Test
    void itStartsWhenTheTestSays() {
        var until =
                StateMachineTest.of(
                        "until",
                        """
                        {"StartAt": "Christmas", "States": {
                          "Christmas": {"Type": "Wait", "Timestamp": "2026-12-24T18:00:00Z", "End": true}}}
                        """);

        assertThat(until.startingAt(Instant.parse("2026-12-24T12:00:00Z")).run("{}"))
                .took(Duration.ofHours(6));
    }

    @Test
    void theTestAnswersAToken() {
        var execution = APPROVAL.run("{}");
        assertThat(execution).failedWith("States.HeartbeatTimeout");

        var answered = APPROVAL.start("{}");
        var token = answered.token("Ask");
        assertThat(answered)
                .isRunning()
                .waitsIn("Ask")
                .called(
                        "Ask",
                        "{\"QueueUrl\": \"q\", \"MessageBody\": {\"link\": \"https://shop/approve?token=%s\"}}"
                                .formatted(token));
        answered.advance(Duration.ofMinutes(50)).sendTaskHeartbeat(token);
        answered.advance(Duration.ofMinutes(50)).sendTaskSuccess(token, "{\"by\": \"me\"}");

        assertThat(answered)
                .hasOutput("{\"by\": \"me\"}")
                .took(Duration.ofMinutes(100))
                .hasExactlyEvents(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSubmitted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
        assertThatThrownBy(() -> answered.sendTaskSuccess(token, "1"))
                .hasMessageContaining("TaskTimedOut");
        assertThatThrownBy(() -> answered.sendTaskSuccess("token", "1"))
                .hasMessageContaining("InvalidToken");
        assertThatThrownBy(() -> answered.token("Ask")).hasMessageContaining("waits for no token");
    }

    @Test
    void aTokenMayBeAnsweredWithAFailure() {
        var execution = APPROVAL.start("{}");

        execution.sendTaskFailure(execution.token("Ask"), "Rejected", "too much");

        assertThat(execution).failedWith("Rejected", "too much").hasEvents("TaskFailed");
    }

    @Test
    void aMockAnswersATokenWithHeartbeats() {
        var late = returns("1").after(Duration.ofHours(20));

        assertThat(APPROVAL.mock("Ask", late).run("{}")).failedWith("States.HeartbeatTimeout");
        assertThat(APPROVAL.mock("Ask", late.withHeartbeatsEvery(Duration.ofMinutes(30))).run("{}"))
                .succeeded()
                .took(Duration.ofHours(20));
    }

    @Test
    void anExecutionIsStopped() {
        assertThat(MONTH.start("{}").stop("Enough", "of it"))
                .aborted()
                .hasEvents("WaitStateEntered", "ExecutionAborted");
    }

    @Test
    void aWholeMachineTimesOut() {
        var hurried =
                StateMachineTest.of(
                        "hurried",
                        """
                        {"TimeoutSeconds": 60, "StartAt": "Long", "States": {"Long": {"Type": "Wait", "Seconds": 61, "End": true}}}
                        """);

        assertThat(hurried.run("{}")).timedOut().took(Duration.ofMinutes(1));
    }
}
