package io.millrace.orchestrator.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Failure;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.wakeup.World.Faults;
import io.millrace.stateslanguage.error.StateError;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Distributed Maps, in virtual time. */
class MapRunTests {

    private static final long SEED = 20_261_125;

    @Test
    void eachItemIsAnExecutionOfItsOwn() {
        var world = world(map("", pass()), Faults.none());

        var head = world.run("[1, 2, 3]");

        assertThat(head.output()).contains(Datum.ofText("[1,2,3]"));
        assertThat(world.types())
                .containsExactly(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapRunStarted",
                        "MapRunSucceeded",
                        "MapStateSucceeded",
                        "MapStateExited",
                        "ExecutionSucceeded");
        assertThat(world.children()).hasSize(3);
    }

    @Test
    void noItemsAreNoChildren() {
        var world = world(map("", pass()), Faults.none());

        assertThat(world.run("[]").output()).contains(Datum.ofText("[]"));
        assertThat(world.children()).isEmpty();
    }

    @Test
    void moreItemsThanFitOnePageComeInOrder() {
        var world = world(map("\"MaxConcurrency\": 7,", pass()), Faults.none());

        var head = world.run(numbers(250));

        assertThat(head.output()).contains(Datum.ofText(numbers(250)));
        assertThat(world.children()).hasSize(250);
    }

    @Test
    void batchesHoldAsManyItemsAsTheStateSays() {
        var world =
                world(
                        map(
                                "\"ItemBatcher\": {\"MaxItemsPerBatch\": 2, \"BatchInput\": {\"a\": 1}},",
                                pass()),
                        Faults.none());

        assertThat(world.run("[1,2,3]").output())
                .contains(
                        Datum.ofText(
                                "[{\"BatchInput\":{\"a\":1},\"Items\":[1,2]},{\"BatchInput\":{\"a\":1},\"Items\":[3]}]"));
    }

    @Test
    void batchesHoldAsManyBytesOfWhatItemSelectorMakesAsTheStateSays() {
        var world =
                world(
                        map(
                                """
                                "ItemSelector": {"word.$": "States.Format('{}{}', $$.Map.Item.Value, $$.Map.Item.Index)"},
                                "ItemBatcher": {"MaxInputBytesPerBatch": 30},
                                """,
                                pass()),
                        Faults.none());

        assertThat(world.run("[\"a\",\"b\",\"c\"]").output())
                .contains(
                        Datum.ofText(
                                "[{\"Items\":[{\"word\":\"a0\"},{\"word\":\"b1\"}]},{\"Items\":[{\"word\":\"c2\"}]}]"));
    }

    @Test
    void oneFailedItemFailsTheMapAndStopsTheOthers() {
        var world = world(map("\"MaxConcurrency\": 2,", oneFails()), Faults.none());

        var head = world.run("[\"slow\", \"bad\", \"never\"]");

        assertThat(head.status()).isEqualTo(Status.FAILED);
        assertThat(head.failure().map(Failure::reason))
                .contains(
                        StateError.of(
                                "States.ExceedToleratedFailureThreshold",
                                "The specified tolerated failure threshold was exceeded"));
        assertThat(world.types())
                .containsSubsequence("MapRunFailed", "MapStateFailed", "ExecutionFailed");
        world.goOnUntilAllHaveEnded();
        assertThat(world.children()).containsExactlyInAnyOrder(Status.ABORTED, Status.FAILED);
    }

    @Test
    void toleratedFailuresLeaveNothingInTheResult() {
        var world = world(map("\"ToleratedFailureCount\": 1,", oneFails()), Faults.none());

        var head = world.run("[\"good\", \"bad\"]");

        assertThat(head.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(head.output()).contains(Datum.ofText("[\"good\",null]"));
    }

    @Test
    void aDistributedMapWithinADistributedMap() {
        var inner =
                """
                "StartAt": "Inner", "States": {"Inner": {"Type": "Map", "ItemProcessor": {
                  "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, %s}, "End": true}}
                """
                        .formatted(pass());
        var world = world(map("", inner), Faults.none());

        assertThat(world.run("[[1,2],[3]]").output()).contains(Datum.ofText("[[1,2],[3]]"));
        assertThat(world.children()).hasSize(5);
    }

    @Test
    void aFaultAtAnyStepBeginsNoChildTwiceAndLosesNone() {
        var definition = map("\"MaxConcurrency\": 2,", task());
        var faults = Faults.none();
        var without = world(definition, faults);
        var output = without.run("[1, 2, 3]").output();
        assertThat(output).contains(Datum.ofText("[{},{},{}]"));

        for (var step = 0; step < faults.steps(); step++) {
            var with = world(definition, Faults.at(step));

            assertThat(with.run("[1, 2, 3]").output())
                    .as("fault at step %d", step)
                    .isEqualTo(output);
            assertThat(with.types()).as("fault at step %d", step).isEqualTo(without.types());
            assertThat(with.effects()).as("fault at step %d", step).isEqualTo(without.effects());
            assertThat(with.children()).hasSize(3).containsOnly(Status.SUCCEEDED);
        }
    }

    private static String map(String fields, String processor) {
        return """
        {"StartAt": "Each", "States": {"Each": {"Type": "Map", %s "Label": "each",
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, %s},
          "End": true}}}
        """
                .formatted(fields, processor);
    }

    private static String pass() {
        return "\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}";
    }

    private static String task() {
        return """
        "StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
          "Parameters": {"name": "t", "item.$": "$"}, "End": true}}
        """;
    }

    private static String oneFails() {
        return """
        "StartAt": "C", "States": {
          "C": {"Type": "Choice", "Choices": [
            {"Variable": "$", "StringEquals": "bad", "Next": "Bad"},
            {"Variable": "$", "StringEquals": "slow", "Next": "Slow"}], "Default": "Good"},
          "Bad": {"Type": "Fail", "Error": "Bad"},
          "Slow": {"Type": "Wait", "Seconds": 3600, "Next": "Good"},
          "Good": {"Type": "Succeed"}}
        """;
    }

    private static String numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static World world(String definition, Faults faults) {
        return new World(definition, MapRunTests::done, faults, SEED);
    }

    private static Optional<TaskOutcome> done(String name, int time) {
        return Optional.of(World.done("{}"));
    }
}
