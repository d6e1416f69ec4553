package io.millrace.orchestrator.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.Failure;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.wakeup.World.Faults;
import io.millrace.stateslanguage.error.StateError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Tasks of activities, in virtual time. */
class ActivityTests {

    private static final long SEED = 20_261_127;

    @Test
    void aWorkerThatAsksIsGivenTheTask() {
        var world = world(activity("work", ""), (_, _) -> Optional.of(World.done("\"done\"")));

        var head = world.run("{}");

        assertThat(head.output().orElseThrow().text()).isEqualTo("\"done\"");
        assertThat(world.types())
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "ActivityScheduled",
                        "ActivityStarted",
                        "ActivitySucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void theTimeOfATaskBeginsWithItsWorker() {
        var world =
                world(
                        """
                        {"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "Branches": [
                          {"StartAt": "Late", "States": {
                            "Late": {"Type": "Wait", "Seconds": 100, "Next": "Do"}, %s}}],
                          "End": true}}}
                        """
                                .formatted(state("work", "\"TimeoutSeconds\": 30,")),
                        (_, _) -> Optional.empty());

        var head = world.run("{}");

        assertThat(error(head.failure())).contains("States.Timeout");
        assertThat(world.types()).contains("ActivityTimedOut");
        assertThat(
                        Duration.between(
                                time(world, "ActivityStarted"), time(world, "ActivityTimedOut")))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aWorkerThatIsSilentForTooLongIsGivenUp() {
        var world =
                world(
                        activity("work", "\"TimeoutSeconds\": 300, \"HeartbeatSeconds\": 20,"),
                        (_, _) -> Optional.empty());

        var head = world.run("{}");

        assertThat(error(head.failure())).contains("States.HeartbeatTimeout");
        assertThat(Duration.between(time(world, "ActivityStarted"), head.endedAt().orElseThrow()))
                .isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void anActivityThatIsNotThereFailsItsTask() {
        var head = world(activity("missing", ""), (_, _) -> Optional.empty()).run("{}");

        assertThat(head.status()).isEqualTo(Status.FAILED);
        assertThat(error(head.failure())).contains("ActivityDoesNotExist");
    }

    @Test
    void aFaultAtAnyStepGivesNoTaskTwiceAndLosesNone() {
        var definition =
                activity(
                        "work",
                        "\"Retry\": [{\"ErrorEquals\": [\"Busy\"], \"MaxAttempts\": 2, \"IntervalSeconds\": 60}],");
        BiFunction<String, Integer, Optional<TaskOutcome>> worker =
                (_, time) ->
                        Optional.of(
                                time == 0
                                        ? new TaskOutcome.Failed(StateError.of("Busy", "once"))
                                        : World.done("[" + time + "]"));
        var faults = Faults.none();
        var without = new World(definition, worker, faults, SEED);
        var output = without.run("{}").output();
        assertThat(output.orElseThrow().text()).isEqualTo("[1]");

        for (var step = 0; step < faults.steps(); step++) {
            var with = new World(definition, worker, Faults.at(step), SEED);

            assertThat(with.run("{}").output()).as("fault at step %d", step).isEqualTo(output);
            assertThat(with.types()).as("fault at step %d", step).isEqualTo(without.types());
            assertThat(with.effects()).as("fault at step %d", step).isEqualTo(without.effects());
            assertThat(with.asked("do")).as("fault at step %d", step).isEqualTo(2);
        }
    }

    @Test
    void aSilentWorkerIsGivenUpInTimeAndTheNextOneIsGivenTheTaskWhateverFails() {
        var definition =
                activity(
                        "work",
                        "\"TimeoutSeconds\": 300, \"HeartbeatSeconds\": 20, \"Retry\": [{\"ErrorEquals\": [\"States.HeartbeatTimeout\"], \"IntervalSeconds\": 60}],");
        BiFunction<String, Integer, Optional<TaskOutcome>> worker =
                (_, time) ->
                        time == 0 ? Optional.empty() : Optional.of(World.done("[" + time + "]"));
        var faults = Faults.none();
        var without = new World(definition, worker, faults, SEED);
        assertThat(without.run("{}").output().orElseThrow().text()).isEqualTo("[1]");

        for (var step = 0; step < faults.steps(); step++) {
            var with = new World(definition, worker, Faults.at(step), SEED);

            assertThat(with.run("{}").status())
                    .as("fault at step %d", step)
                    .isEqualTo(Status.SUCCEEDED);
            assertThat(with.types()).as("fault at step %d", step).isEqualTo(without.types());
            assertThat(with.effects()).as("fault at step %d", step).isEqualTo(without.effects());
            assertThat(with.asked("do")).as("fault at step %d", step).isEqualTo(2);
            // Whoever is given a task that another one's process died with has the whole time.
            assertThat(
                            Duration.between(
                                    time(with, "ActivityStarted"), time(with, "ActivityTimedOut")))
                    .as("fault at step %d", step)
                    .isBetween(
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(20).plus(Duration.ofSeconds(10)));
        }
    }

    private static World world(
            String definition, BiFunction<String, Integer, Optional<TaskOutcome>> worker) {
        return new World(definition, worker, Faults.none(), SEED);
    }

    private static String activity(String name, String fields) {
        return "{\"StartAt\": \"Do\", \"States\": {%s}}".formatted(state(name, fields));
    }

    private static String state(String name, String fields) {
        return """
        "Do": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:000000000000:activity:%s",
          "Parameters": {"name": "do"}, %s "End": true}
        """
                .formatted(name, fields);
    }

    private static Optional<String> error(Optional<Failure> failure) {
        return failure.map(Failure::reason).flatMap(StateError::error);
    }

    private static Instant time(World world, String type) {
        return world.history().stream()
                .filter(event -> event.type().text().equals(type))
                .map(HistoryEvent::time)
                .findFirst()
                .orElseThrow();
    }
}
