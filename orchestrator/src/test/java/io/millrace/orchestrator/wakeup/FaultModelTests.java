package io.millrace.orchestrator.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.EventDetails;
import io.millrace.orchestrator.execution.EventType;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.wakeup.World.Faults;
import io.millrace.stateslanguage.error.StateError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * The same definition and script of answers, once without faults and once with a fault at every
 * step, lead to the same history, times aside, and the same effects.
 */
class FaultModelTests {

    private static final long SEED = 20_261_123;

    private static final String IN_ORDER =
            """
            {"StartAt": "Prepare", "States": {
              "Prepare": {"Type": "Pass", "Result": {"n": 1}, "Next": "Ask"},
              "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "Parameters": {"name": "ask", "token.$": "$$.Task.Token", "n.$": "$.n"},
                "TimeoutSeconds": 600,
                "Retry": [{"ErrorEquals": ["Busy", "States.Timeout"], "IntervalSeconds": 3, "MaxAttempts": 3}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}],
                "Next": "Pause"},
              "Pause": {"Type": "Wait", "Seconds": 90, "Next": "Each"},
              "Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 1,
                "ItemProcessor": {"StartAt": "Send", "States": {
                  "Send": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                    "Parameters": {"name": "send", "item.$": "$"}, "End": true}}},
                "ResultPath": "$.sent", "Next": "Last"},
              "Last": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish",
                "Parameters": {"name": "last"},
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}], "End": true},
              "Caught": {"Type": "Fail", "Error": "Caught", "Cause": "as planned"}}}
            """;

    private static Optional<TaskOutcome> inOrder(String name, int time) {
        return switch (name) {
            case "ask" ->
                    switch (time) {
                        case 0 -> Optional.of(failed("Busy"));
                        case 1 -> Optional.empty();
                        default -> Optional.of(World.done("{\"items\":[1,2,3]}"));
                    };
            case "last" -> Optional.of(failed("Broken"));
            default -> Optional.of(World.done("{}"));
        };
    }

    private static TaskOutcome failed(String error) {
        return new TaskOutcome.Failed(StateError.of(error, "of the script"));
    }

    @Test
    void aFaultAtAnyStepChangesNeitherHistoryNorEffects() {
        var faults = Faults.none();
        var without = new World(IN_ORDER, FaultModelTests::inOrder, faults, SEED);
        without.run("{}");
        var history = normal(without.history());
        assertThat(history).last().asString().contains("EXECUTION_FAILED");
        assertThat(without.effects()).hasSize(3 + 3 + 1 + 1);
        assertThat(faults.steps()).isGreaterThan(50);

        for (var step = 0; step < faults.steps(); step++) {
            var with = new World(IN_ORDER, FaultModelTests::inOrder, Faults.at(step), SEED);
            with.run("{}");

            assertThat(normal(with.history())).as("fault at step %d", step).isEqualTo(history);
            assertThat(with.effects()).as("fault at step %d", step).isEqualTo(without.effects());
        }
    }

    @Test
    void branchesThatRunBesideEachOtherEndTheSameWhateverFails() {
        var definition =
                """
                {"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "Branches": [
                  {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                     "Parameters": {"name": "a", "token.$": "$$.Task.Token"}, "Next": "A2"},
                     "A2": {"Type": "Wait", "Seconds": 5, "End": true}}},
                  {"StartAt": "B", "States": {"B": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                     "Parameters": {"name": "b"}, "End": true}}}],
                  "End": true}}}
                """;
        var faults = Faults.none();
        var without =
                new World(
                        definition,
                        (name, _) -> Optional.of(World.done("\"" + name + "\"")),
                        faults,
                        SEED);
        var output = without.run("{}").output();
        assertThat(output).contains(Datum.ofText("[\"a\",\"b\"]"));

        for (var step = 0; step < faults.steps(); step++) {
            var with =
                    new World(
                            definition,
                            (name, _) -> Optional.of(World.done("\"" + name + "\"")),
                            Faults.at(step),
                            SEED);

            assertThat(with.run("{}").output()).as("fault at step %d", step).isEqualTo(output);
            assertThat(with.types())
                    .as("fault at step %d", step)
                    .containsExactlyInAnyOrderElementsOf(without.types());
            assertThat(with.effects()).hasSize(2);
        }
    }

    /**
     * One whose token comes by a queue, and one that asks for its task. Heartbeats leave room for a
     * message that is sent again: it counts from when the task is scheduled.
     */
    private static final String WITH_HEARTBEATS =
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "Parameters": {"name": "ask", "token.$": "$$.Task.Token"},
                "TimeoutSeconds": 600, "HeartbeatSeconds": 30, "Next": "Do"},
              "Do": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:000000000000:activity:work",
                "Parameters": {"name": "do"},
                "TimeoutSeconds": 600, "HeartbeatSeconds": 30, "End": true}}}
            """;

    @Test
    void whoeverIsHeardOfKeepsTheTaskWhateverFails() {
        BiFunction<String, Integer, Optional<TaskOutcome>> workers =
                (name, _) -> Optional.of(World.done("{\"by\":\"" + name + "\"}"));
        var faults = Faults.none();
        var without = heartbeats(workers, faults);
        without.run("{}");
        var history = normal(without.history());
        assertThat(history).last().asString().contains("EXECUTION_SUCCEEDED");
        assertThat(without.heard()).hasSize(2 * 4).containsOnly(Verdict.TAKEN);

        for (var step = 0; step < faults.steps(); step++) {
            var with = heartbeats(workers, Faults.at(step));
            with.run("{}");

            assertThat(normal(with.history())).as("fault at step %d", step).isEqualTo(history);
            assertThat(with.effects()).as("fault at step %d", step).isEqualTo(without.effects());
            // A message that came twice has somebody speak of a task that is done.
            assertThat(with.heard())
                    .as("fault at step %d", step)
                    .filteredOn(Verdict.TAKEN::equals)
                    .hasSizeGreaterThanOrEqualTo(2 * 4);
        }
    }

    @Test
    void whoeverFallsSilentIsGivenUpInTimeWhateverFails() {
        BiFunction<String, Integer, Optional<TaskOutcome>> workers =
                (name, _) -> name.equals("ask") ? Optional.of(World.done("{}")) : Optional.empty();
        var faults = Faults.none();
        var without = heartbeats(workers, faults);
        without.run("{}");
        var history = normal(without.history());
        assertThat(history).last().asString().contains("States.HeartbeatTimeout");

        for (var step = 0; step < faults.steps(); step++) {
            var with = heartbeats(workers, Faults.at(step));
            with.run("{}");

            assertThat(normal(with.history())).as("fault at step %d", step).isEqualTo(history);
            assertThat(
                            Duration.between(
                                    time(with, EventType.ACTIVITY_STARTED),
                                    with.head().endedAt().orElseThrow()))
                    .as("fault at step %d", step)
                    .isBetween(Duration.ofSeconds(4 * 15 + 30), Duration.ofSeconds(4 * 15 + 40));
        }
    }

    private static World heartbeats(
            BiFunction<String, Integer, Optional<TaskOutcome>> workers, Faults faults) {
        return new World(WITH_HEARTBEATS, workers, faults, SEED)
                .withHeartbeats(4, Duration.ofSeconds(15));
    }

    private static Instant time(World world, EventType type) {
        return world.history().stream()
                .filter(event -> event.type() == type)
                .map(HistoryEvent::time)
                .findFirst()
                .orElseThrow();
    }

    /** Events without times and tokens, and without the answers of calls, which may be lost. */
    private static List<String> normal(List<HistoryEvent> history) {
        return history.stream()
                .map(event ->
                        "%d<%d %s %s"
                                .formatted(
                                        event.id(),
                                        event.previous(),
                                        event.type(),
                                        details(event.details())))
                .toList();
    }

    private static String details(EventDetails details) {
        return switch (details) {
            case EventDetails.TaskScheduled scheduled -> scheduled.resource();
            case EventDetails.TaskOutput output
                    when output.resource().endsWith("waitForTaskToken") ->
                    output.resource();
            default -> details.toString();
        };
    }
}
