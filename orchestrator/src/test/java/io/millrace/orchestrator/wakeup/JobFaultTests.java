package io.millrace.orchestrator.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.wakeup.World.Faults;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** An execution that waits for another one's end, with a fault at every step of both. */
class JobFaultTests {

    private static final long SEED = 20_261_126;

    private static final String JOB =
            """
            {"StartAt": "Pause", "States": {"Pause": {"Type": "Wait", "Seconds": 60, "Next": "Done"},
              "Done": {"Type": "Pass", "Result": {"n": 7}, "End": true}}}
            """;

    private static World world(int timeout, Faults faults) {
        return new World(
                """
                {"StartAt": "Run", "States": {"Run": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
                  "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:000000000000:stateMachine:job"},
                  "ResultSelector": {"got.$": "$.Output", "status.$": "$.Status"}, "TimeoutSeconds": %d,
                  "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Late"}], "End": true},
                  "Late": {"Type": "Pass", "Result": "late", "End": true}}}
                """
                        .formatted(timeout),
                Optional.of(JOB),
                (_, _) -> Optional.of(World.done("{}")),
                faults,
                SEED);
    }

    /** Runs without a fault and with one at every step; each has to come to the same. */
    private static void always(int timeout, Function<World, Head> script) {
        var faults = Faults.none();
        var without = world(timeout, faults);
        var end = script.apply(without);
        assertThat(without.children()).hasSize(1);

        for (var step = 0; step < faults.steps(); step++) {
            var with = world(timeout, Faults.at(step));
            var ended = script.apply(with);
            with.goOnUntilAllHaveEnded();

            assertThat(ended.status()).as("fault at step %d", step).isEqualTo(end.status());
            assertThat(ended.output()).as("fault at step %d", step).isEqualTo(end.output());
            assertThat(with.types()).as("fault at step %d", step).isEqualTo(without.types());
            assertThat(with.children()).as("fault at step %d", step).isEqualTo(without.children());
        }
    }

    @Test
    void aJobIsBegunOnceAndItsEndIsTheTasksResultWhateverFails() {
        always(
                600,
                world -> {
                    var end = world.run("{}");
                    assertThat(end.output())
                            .contains(Datum.ofText("{\"got\":{\"n\":7},\"status\":\"SUCCEEDED\"}"));
                    return end;
                });
    }

    @Test
    void aJobThatTakesTooLongIsStoppedWhateverFails() {
        always(
                30,
                world -> {
                    var end = world.run("{}");
                    world.goOnUntilAllHaveEnded();
                    assertThat(end.output()).contains(Datum.ofText("\"late\""));
                    assertThat(world.children()).containsExactly(Status.ABORTED);
                    return end;
                });
    }
}
