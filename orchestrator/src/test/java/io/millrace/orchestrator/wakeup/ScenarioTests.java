package io.millrace.orchestrator.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Failure;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.wakeup.World.Faults;
import io.millrace.stateslanguage.error.StateError;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What executions do, in virtual time. */
class ScenarioTests {

    @Test
    void aMachineWithoutWaitsCostsOneCommit() {
        var world =
                world(
                        """
                        {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}
                        """,
                        ScenarioTests::silent);

        var head = world.run("{\"a\":1}");

        assertThat(head.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(world.commits()).isEqualTo(1);
    }

    @Test
    void aTaskCostsOneCommitMore() {
        var world = world(task("", ""), (_, _) -> Optional.of(World.done("1")));

        world.run("{}");

        assertThat(world.commits()).isEqualTo(2);
    }

    @Test
    void aCallbackIsTakenAlongWithItsAnswer() {
        var world = world(callback("", ""), (_, _) -> Optional.of(World.done("1")));

        world.run("{}");

        assertThat(world.types()).containsSubsequence("TaskSubmitted", "TaskSucceeded");
        assertThat(world.commits()).isEqualTo(2);
    }

    @Test
    void aWaitOfThirtyDaysIsSlept() {
        var world =
                world(
                        """
                        {"StartAt": "Long", "States": {"Long": {"Type": "Wait", "Seconds": 2592000, "End": true}}}
                        """,
                        ScenarioTests::silent);
        var start = world.now();

        world.run("{}");

        assertThat(Duration.between(start, world.now())).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void retriesBackOff() {
        var world =
                world(
                        task(
                                "\"Retry\": [{\"ErrorEquals\": [\"Busy\"], \"IntervalSeconds\": 2, \"BackoffRate\": 3, \"MaxAttempts\": 3}],",
                                ""),
                        (_, time) -> Optional.of(time < 3 ? failed("Busy") : World.done("\"ok\"")));
        var start = world.now();

        var head = world.run("{}");

        assertThat(head.output()).contains(Datum.ofText("\"ok\""));
        assertThat(Duration.between(start, world.now())).isEqualTo(Duration.ofSeconds(2 + 6 + 18));
    }

    @Test
    void aTaskThatSaysNothingTimesOut() {
        var world = world(callback("\"TimeoutSeconds\": 30,", ""), ScenarioTests::silent);

        var head = world.run("{}");

        assertThat(head.status()).isEqualTo(Status.FAILED);
        assertThat(head.failure().map(Failure::reason).flatMap(StateError::error))
                .contains("States.Timeout");
        assertThat(world.types()).contains("TaskTimedOut");
    }

    @Test
    void aTaskWithoutHeartbeatsTimesOutEarlier() {
        var world =
                world(
                        callback("\"TimeoutSeconds\": 300, \"HeartbeatSeconds\": 20,", ""),
                        ScenarioTests::silent);
        var start = world.now();

        var head = world.run("{}");

        assertThat(head.failure().map(Failure::reason).flatMap(StateError::error))
                .contains("States.HeartbeatTimeout");
        assertThat(Duration.between(start, head.endedAt().orElseThrow()))
                .isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void anExecutionTimesOut() {
        var world =
                world(
                        """
                        {"TimeoutSeconds": 60, "StartAt": "Long", "States": {"Long": {"Type": "Wait", "Seconds": 600, "End": true}}}
                        """,
                        ScenarioTests::silent);

        var head = world.run("{}");

        assertThat(head.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(world.types()).endsWith("ExecutionTimedOut");
        assertThat(world.effects())
                .containsExactly(
                        "arn:aws:states:us-east-1:000000000000:execution:machine:execution");
    }

    @Test
    void aFailedBranchEndsTheOthers() {
        var world =
                world(
                        """
                        {"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "Branches": [
                          {"StartAt": "Slow", "States": {"Slow": {"Type": "Wait", "Seconds": 600, "End": true}}},
                          {"StartAt": "Bad", "States": {"Bad": {"Type": "Fail", "Error": "Bad"}}}],
                          "Catch": [{"ErrorEquals": ["Bad"], "Next": "Saved"}], "End": true},
                          "Saved": {"Type": "Succeed"}}}
                        """,
                        ScenarioTests::silent);
        var start = world.now();

        var head = world.run("{}");

        assertThat(head.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(world.now()).isEqualTo(start);
        assertThat(world.types())
                .containsSubsequence(
                        "WaitStateAborted", "ParallelStateFailed", "ParallelStateExited");
    }

    @Test
    void aLoopIsCommittedNowAndThen() {
        var world =
                world(
                        """
                        {"StartAt": "Count", "States": {
                          "Count": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Next": "More?"},
                          "More?": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 1000, "Next": "Count"}], "Default": "Done"},
                          "Done": {"Type": "Succeed"}}}
                        """,
                        ScenarioTests::silent);

        var head = world.run("{\"n\":0}");

        assertThat(head.output()).contains(Datum.ofText("{\"n\":1000}"));
        assertThat(world.types()).hasSize(1 + 1000 * 4 + 2 + 1);
        assertThat(world.commits()).isBetween(8, 10);
        assertThat(head.chunks()).isNotEmpty();
    }

    @Test
    void noMoreIterationsRunThanMay() {
        var world =
                world(
                        """
                        {"StartAt": "Each", "States": {"Each": {"Type": "Map", "MaxConcurrency": 2,
                          "ItemProcessor": {"StartAt": "Nap", "States": {"Nap": {"Type": "Wait", "Seconds": 10, "End": true}}},
                          "End": true}}}
                        """,
                        ScenarioTests::silent);
        var start = world.now();

        var head = world.run("[1,2,3,4,5]");

        assertThat(head.output()).contains(Datum.ofText("[1,2,3,4,5]"));
        assertThat(Duration.between(start, world.now())).isEqualTo(Duration.ofSeconds(30));
    }

    private static World world(
            String definition, BiFunction<String, Integer, Optional<TaskOutcome>> worker) {
        return new World(definition, worker, Faults.none(), 7);
    }

    private static Optional<TaskOutcome> silent(String name, int time) {
        return Optional.empty();
    }

    private static TaskOutcome failed(String error) {
        return new TaskOutcome.Failed(StateError.of(error, "of the script"));
    }

    private static String task(String fields, String pattern) {
        return """
        {"StartAt": "Do", "States": {"Do": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage%s",
          "Parameters": {"name": "do" %s}, %s "End": true}}}
        """
                .formatted(
                        pattern,
                        pattern.isEmpty() ? "" : ", \"token.$\": \"$$.Task.Token\"",
                        fields);
    }

    private static String callback(String fields, String more) {
        return task(fields + more, ".waitForTaskToken");
    }
}
