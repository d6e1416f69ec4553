package io.millrace.statestestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a failed assertion says. */
class ExecutionAssertTests {

    private static final StateMachineTest MACHINE =
            StateMachineTest.of(
                            "machine",
                            """
                            {"StartAt": "Do", "States": {
                              "Do": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Done"},
                              "Done": {"Type": "Succeed"}}}
                            """)
                    .mock("Do", _ -> "{\"n\": 1}");

    private static final Execution WELL = MACHINE.run("{}");
    private static final Execution BADLY = MACHINE.mock("Do", Answer.fails("E", "why")).run("{}");

    @Test
    void aFailureTellsTheErrorAndThePath() {
        assertThatThrownBy(() -> assertThat(BADLY).succeeded())
                .hasMessage(
                        "Expecting status SUCCEEDED, but the execution FAILED with E: why%npath: Do"
                                .formatted());
    }

    @Test
    void anExecutionThatStillWaitsSaysForWhat() {
        var waiting = MACHINE.mock("Do", Answer.never()).run("{}");

        assertThatThrownBy(() -> assertThat(waiting).succeeded())
                .hasMessageContaining("still runs after PT0S and waits in [Do]");
    }

    static Stream<ThrowingCallable> wrong() {
        return Stream.of(
                () -> assertThat(WELL).failed(),
                () -> assertThat(WELL).timedOut(),
                () -> assertThat(WELL).aborted(),
                () -> assertThat(WELL).isRunning(),
                () -> assertThat(WELL).waitsIn("Do"),
                () -> assertThat(WELL).took(Duration.ofSeconds(1)),
                () -> assertThat(WELL).visited("Done", "Do"),
                () -> assertThat(WELL).visitedExactly("Do"),
                () -> assertThat(WELL).didNotVisit("Done"),
                () -> assertThat(WELL).visitedTimes("Do", 2),
                () -> assertThat(WELL).hasOutput("{\"n\": 2}"),
                () -> assertThat(WELL).hasOutputAt("/n", 2),
                () -> assertThat(WELL).hasOutputSatisfying(output -> assertThat(output).isEmpty()),
                () -> assertThat(WELL).entered("Done", "{}"),
                () -> assertThat(WELL).left("Do", "{}"),
                () -> assertThat(WELL).called("Do", "1"),
                () -> assertThat(WELL).calledTimes("Do", 2),
                () -> assertThat(WELL).retried("Do", Duration.ofSeconds(1)),
                () -> assertThat(WELL).hasEvents("TaskFailed"),
                () -> assertThat(WELL).hasExactlyEvents("ExecutionStarted"),
                () -> assertThat(BADLY).failedWith("F"),
                () -> assertThat(BADLY).failedWith("E", "because"),
                () -> assertThat(BADLY).hasOutput("{}"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void everyAssertionCanFail(ThrowingCallable wrong) {
        assertThatThrownBy(wrong).isInstanceOf(AssertionError.class);
    }

    @Test
    void numbersAreComparedByValue() {
        assertThat(WELL).hasOutput("{\"n\": 1.0}").hasOutputAt("/n", 1L);
    }
}
