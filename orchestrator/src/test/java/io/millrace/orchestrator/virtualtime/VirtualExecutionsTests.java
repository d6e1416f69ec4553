package io.millrace.orchestrator.virtualtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Definition;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.wakeup.MapRunData;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.evaluate.Inspector;
import io.millrace.stateslanguage.parse.DefinitionParser;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine in memory and in a time that passes at once. */
class VirtualExecutionsTests {

    private static final ExecutionId ID = new ExecutionId("machine", "execution");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTime time = new VirtualTime(START);

    @Test
    void timePassesOnlyWhenThereIsNothingToDo() {
        var executions =
                executions(
                        """
                        {"StartAt": "Long", "States": {"Long": {"Type": "Wait", "Seconds": 2592000, "End": true}}}
                        """,
                        _ -> Optional.empty());
        executions.start(ID, "role", Datum.ofText("{}"));

        assertThat(executions.goOn(START.plus(Duration.ofDays(29)))).isFalse();
        assertThat(time.instant()).isEqualTo(START);
        runToTheEnd(executions);

        assertThat(executions.head(ID).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(time.instant()).isEqualTo(START.plus(Duration.ofDays(30)));
    }

    @Test
    void aCallMayBeAnsweredLater() {
        var executions = executions(task(""), _ -> Optional.empty());
        executions.start(ID, "role", Datum.ofText("{}"));
        runToTheEnd(executions);
        assertThat(executions.head(ID).status()).isEqualTo(Status.RUNNING);
        assertThat(time.instant()).isEqualTo(START);

        var call = (Effect.Call) executions.head(ID).outbox().getFirst();
        executions.called(ID, call, new TaskOutcome.Done(Datum.ofText("7")));
        runToTheEnd(executions);

        assertThat(executions.head(ID).output()).contains(Datum.ofText("7"));
    }

    @Test
    void aCallThatIsNeverAnsweredTimesOut() {
        var executions = executions(task("\"TimeoutSeconds\": 86400,"), _ -> Optional.empty());
        executions.start(ID, "role", Datum.ofText("{}"));

        runToTheEnd(executions);

        assertThat(executions.head(ID).failure().orElseThrow().reason().error())
                .contains("States.Timeout");
        assertThat(time.instant()).isEqualTo(START.plus(Duration.ofDays(1)));
    }

    @Test
    void whatIsThrownOutsideIsThrownToWhoeverLetsItGoOn() {
        var executions =
                executions(
                        task(""),
                        _ -> {
                            throw new IllegalStateException("no mock");
                        });
        executions.start(ID, "role", Datum.ofText("{}"));

        assertThatThrownBy(() -> runToTheEnd(executions)).hasMessage("no mock");
    }

    @Test
    void theTokenOfAWaitingFrameAnswersItsTask() {
        var executions =
                executions(
                        """
                        {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                          "Parameters": {"token.$": "$$.Task.Token"}, "End": true}}}
                        """,
                        _ -> Optional.of(new TaskOutcome.Done(Datum.ofText("{}"))));
        executions.start(ID, "role", Datum.ofText("{}"));
        runToTheEnd(executions);
        var head = executions.head(ID);
        var token = executions.token(head, head.frames().getFirst()).orElseThrow();

        assertThat(executions.answer("none", new TaskOutcome.Done(Datum.ofText("1")))).isEmpty();
        var verdict = executions.answer(token, new TaskOutcome.Done(Datum.ofText("1")));
        runToTheEnd(executions);

        assertThat(verdict.orElseThrow()).isCompletedWithValue(Verdict.TAKEN);
        assertThat(executions.head(ID).output()).contains(Datum.ofText("1"));
        assertThat(executions.history(ID).stream().map(event -> event.type().text()))
                .containsSubsequence("TaskSubmitted", "TaskSucceeded");
    }

    @Test
    void theSameSeedIsTheSameHistory() {
        var definition =
                """
                {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true,
                  "Parameters": {"id.$": "States.UUID()", "n.$": "States.MathRandom(1, 1000)"}}}}
                """;
        var one = executions(definition, _ -> Optional.empty());
        var other = executions(definition, _ -> Optional.empty());
        one.start(ID, "role", Datum.ofText("{}"));
        other.start(ID, "role", Datum.ofText("{}"));

        assertThat(one.history(ID)).isEqualTo(other.history(ID));
    }

    @Test
    void aStoppedExecutionIsAborted() {
        var executions = executions(task(""), _ -> Optional.empty());
        executions.start(ID, "role", Datum.ofText("{}"));

        executions.stop(ID, StateError.of("Enough", ""));
        runToTheEnd(executions);

        assertThat(executions.head(ID).status()).isEqualTo(Status.ABORTED);
    }

    private static void runToTheEnd(VirtualExecutions executions) {
        while (executions.goOn(Instant.MAX)) {
            // Until nothing is left to be done, ever.
        }
    }

    private static String task(String fields) {
        return """
        {"StartAt": "T", "States": {"T": {"Type": "Task", %s "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", "End": true}}}
        """
                .formatted(fields);
    }

    private VirtualExecutions executions(
            String definition, Function<Effect.Call, Optional<TaskOutcome>> outside) {
        return new VirtualExecutions(
                new Definition("revision", new DefinitionParser().parse(definition).orThrow()),
                time,
                1,
                new Arns("us-east-1", "000000000000"),
                (_, call) -> outside.apply(call),
                new NoData(),
                Inspector.NONE);
    }

    private static final class NoData implements MapRunData {
        @Override
        public Iterator<MapItem> read(MapRun.Service reader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Datum write(MapRun.Service writer, String mapRunArn, Stream<Head> children) {
            throw new UnsupportedOperationException();
        }
    }
}
