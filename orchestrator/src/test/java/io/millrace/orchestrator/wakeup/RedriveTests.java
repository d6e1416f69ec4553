package io.millrace.orchestrator.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.wakeup.World.Faults;
import io.millrace.stateslanguage.error.StateError;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * An execution that has failed goes on from where it failed, and nothing that succeeded is done
 * again.
 */
class RedriveTests {

    private static final long SEED = 20_261_126;

    private static final String IN_ORDER =
            """
            {"StartAt": "First", "States": {
              "First": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                "Parameters": {"name": "first"}, "Assign": {"seen": "yes"}, "ResultPath": null, "Next": "Second"},
              "Second": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "Parameters": {"name": "second", "token.$": "$$.Task.Token"},
                "Retry": [{"ErrorEquals": ["Broken"], "IntervalSeconds": 1, "MaxAttempts": 1}], "Next": "Third"},
              "Third": {"Type": "Pass", "Parameters": {"seen.$": "$seen", "redrives.$": "$$.Execution.RedriveCount"}, "End": true}}}
            """;

    /** Fails twice, which the one retry does not bear, and then no more. */
    private static Optional<TaskOutcome> mended(String name, int time) {
        return Optional.of(
                name.equals("second") && time < 2
                        ? new TaskOutcome.Failed(StateError.of("Broken", "still"))
                        : World.done("{}"));
    }

    @Test
    void aTaskThatFailedIsDoneAgainWithWhatWasKnown() {
        var world = new World(IN_ORDER, RedriveTests::mended, Faults.none(), SEED);
        assertThat(world.run("{}").status()).isEqualTo(Status.FAILED);
        var before = world.history().size();

        var head = world.redrive();

        assertThat(head.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(head.output()).contains(Datum.ofText("{\"seen\":\"yes\",\"redrives\":1}"));
        assertThat(head.failure()).isEmpty();
        assertThat(world.types().subList(before, before + 3))
                .containsExactly("ExecutionRedriven", "TaskScheduled", "TaskStarted");
        assertThat(Collections.frequency(world.types(), "TaskScheduled")).isEqualTo(4);
    }

    @Test
    void onlyTheBranchesAndIterationsThatFailedGoOn() {
        var definition =
                """
                {"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "Branches": [
                  {"StartAt": "Good", "States": {"Good": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                     "Parameters": {"name": "good"}, "End": true}}},
                  {"StartAt": "Each", "States": {"Each": {"Type": "Map", "ItemsPath": "$.items",
                     "ItemProcessor": {"StartAt": "One", "States": {"One": {"Type": "Task",
                       "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"name.$": "$"}, "End": true}}},
                     "End": true}}}], "End": true}}}
                """;
        var world =
                new World(
                        definition,
                        (name, time) ->
                                Optional.of(
                                        name.equals("bad") && time == 0
                                                ? new TaskOutcome.Failed(
                                                        StateError.of("Broken", "once"))
                                                : World.done("\"" + name + "\"")),
                        Faults.none(),
                        SEED);
        assertThat(world.run("{\"items\": [\"a\", \"bad\"]}").status()).isEqualTo(Status.FAILED);

        var head = world.redrive();

        assertThat(head.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(head.output()).contains(Datum.ofText("[\"good\",[\"a\",\"bad\"]]"));
        assertThat(world.types())
                .contains("ExecutionRedriven", "MapStateSucceeded", "ParallelStateSucceeded");
    }

    private static final String MAP_RUN =
            """
            {"StartAt": "Each", "States": {"Each": {"Type": "Map", "MaxConcurrency": 2, %s
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "One", "States": {"One": {"Type": "Task",
                  "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"name.$": "$"}, "End": true}}},
              "End": true}}}
            """;

    private static Optional<TaskOutcome> badOnce(String name, int time) {
        return Optional.of(
                name.equals("bad") && time == 0
                        ? new TaskOutcome.Failed(StateError.of("Broken", "once"))
                        : World.done("\"" + name + "\""));
    }

    @Test
    void onlyTheChildrenOfAMapRunThatFailedAreRedriven() {
        var world = new World(MAP_RUN.formatted(""), RedriveTests::badOnce, Faults.none(), SEED);
        assertThat(world.run("[\"a\", \"bad\", \"c\", \"d\"]").status()).isEqualTo(Status.FAILED);
        assertThat(world.asked("a")).isEqualTo(1);

        var head = world.redrive();

        assertThat(head.output()).contains(Datum.ofText("[\"a\",\"bad\",\"c\",\"d\"]"));
        assertThat(world.types())
                .containsSubsequence(
                        "MapRunFailed",
                        "ExecutionFailed",
                        "ExecutionRedriven",
                        "MapRunRedriven",
                        "MapRunSucceeded",
                        "ExecutionSucceeded");
        assertThat(world.asked("a")).isEqualTo(1);
        assertThat(world.asked("bad")).isEqualTo(2);
        assertThat(world.children()).hasSize(4).containsOnly(Status.SUCCEEDED);
        assertThat(head.mapRuns()).singleElement().extracting(MapRun::redriveCount).isEqualTo(1);
    }

    @Test
    void aChildThatCannotBeRedrivenHasFailed() {
        var world = new World(MAP_RUN.formatted(""), RedriveTests::badOnce, Faults.none(), SEED);
        assertThat(world.run("[\"a\", \"bad\"]").status()).isEqualTo(Status.FAILED);
        world.makeChildrenUnredrivable();

        var head = world.redrive();

        assertThat(head.status()).isEqualTo(Status.FAILED);
        assertThat(head.mapRuns())
                .singleElement()
                .extracting(run -> run.ends().refused())
                .isEqualTo(1);
        assertThat(world.asked("bad")).isEqualTo(1);
    }

    @Test
    void aChildThatFailsAgainMayBeTolerated() {
        var world =
                new World(
                        MAP_RUN.formatted("\"ToleratedFailureCount\": 1,"),
                        (name, time) ->
                                name.startsWith("bad") && (name.equals("bad") || time == 0)
                                        ? Optional.of(
                                                new TaskOutcome.Failed(
                                                        StateError.of("Broken", "once")))
                                        : Optional.of(World.done("\"" + name + "\"")),
                        Faults.none(),
                        SEED);
        assertThat(world.run("[\"a\", \"bad\", \"bad2\", \"c\"]").status())
                .isEqualTo(Status.FAILED);

        var head = world.redrive();

        assertThat(head.output()).contains(Datum.ofText("[\"a\",null,\"bad2\",\"c\"]"));
    }

    @Test
    void aFaultAtAnyStepOfAMapRunsRedriveLosesNoChildAndRedoesNone() {
        var faults = Faults.none();
        var definition = MAP_RUN.formatted("");
        var without = new World(definition, RedriveTests::badOnce, faults, SEED);
        without.run("[\"a\", \"bad\", \"c\"]");
        var first = faults.steps();
        var output = without.redrive().output();
        assertThat(output).contains(Datum.ofText("[\"a\",\"bad\",\"c\"]"));

        for (var step = first; step < faults.steps(); step++) {
            var with = new World(definition, RedriveTests::badOnce, Faults.at(step), SEED);
            with.run("[\"a\", \"bad\", \"c\"]");

            assertThat(with.redrive().output()).as("fault at step %d", step).isEqualTo(output);
            assertThat(with.types()).as("fault at step %d", step).isEqualTo(without.types());
            assertThat(with.asked("a")).as("fault at step %d", step).isEqualTo(1);
            assertThat(with.asked("bad")).as("fault at step %d", step).isEqualTo(2);
        }
    }

    @Test
    void aFaultAtAnyStepChangesNeitherTheEndNorTheEffects() {
        var faults = Faults.none();
        var without = new World(IN_ORDER, RedriveTests::mended, faults, SEED);
        without.run("{}");
        without.redrive();

        for (var step = 0; step < faults.steps(); step++) {
            var with = new World(IN_ORDER, RedriveTests::mended, Faults.at(step), SEED);
            with.run("{}");
            var head = with.redrive();

            assertThat(head.output())
                    .as("fault at step %d", step)
                    .isEqualTo(without.head().output());
            assertThat(head.redrives().count()).as("fault at step %d", step).isEqualTo(1);
            assertThat(with.types()).as("fault at step %d", step).isEqualTo(without.types());
            assertThat(with.effects()).as("fault at step %d", step).isEqualTo(without.effects());
        }
    }
}
