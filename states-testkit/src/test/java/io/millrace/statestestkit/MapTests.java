package io.millrace.statestestkit;

import static io.millrace.statestestkit.Answer.fails;
import static io.millrace.statestestkit.Answer.returns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Parallel and Map, within an execution and distributed over many. */
class MapTests {

    private static final String TASK =
            """
            "StartAt": "Do", "States": {"Do": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
              "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 1, "JitterStrategy": "FULL"}], "End": true}}
            """;

    private static final StateMachineTest DISTRIBUTED =
            StateMachineTest.of(
                    "distributed",
                    """
                    {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "each", "MaxConcurrency": 2,
                      "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSON"},
                        "Parameters": {"Bucket": "b", "Key": "items.json"}},
                      "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, %s},
                      "End": true}}}
                    """
                            .formatted(TASK));

    @Test
    void branchesRunAtTheSameTime() {
        var parallel =
                StateMachineTest.of(
                        "parallel",
                        """
                        {"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "End": true, "Branches": [
                          {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true}}},
                          {"StartAt": "B", "States": {"B": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true}}}]}}}
                        """);

        assertThat(
                        parallel.mock("A", returns("1").after(Duration.ofMinutes(5)))
                                .mock("B", returns("2").after(Duration.ofMinutes(3)))
                                .run("{}"))
                .hasOutput("[1, 2]")
                .took(Duration.ofMinutes(5));
    }

    @Test
    void iterationsOfAMapAreOnTheExecutionsPath() {
        var map =
                StateMachineTest.of(
                                "map",
                                """
                                {"StartAt": "Each", "States": {"Each": {"Type": "Map", "MaxConcurrency": 1, "End": true,
                                  "ItemProcessor": {%s}}}}
                                """
                                        .formatted(TASK))
                        .mock("Do", input -> input.asInt() * 2);

        assertThat(map.run("[1, 2, 3]"))
                .hasOutput("[2, 4, 6]")
                .visitedTimes("Do", 3)
                .entered("Do", "2")
                .left("Do", "6");
    }

    @Test
    void aDistributedMapReadsMockedItems() {
        var execution =
                DISTRIBUTED
                        .mockItems("Each", List.of(1, 2, 3))
                        .mock("Do", input -> input.asInt() * 2)
                        .run("{}");

        assertThat(execution)
                .hasOutput("[2, 4, 6]")
                .visitedExactly("Each")
                .hasEvents("MapRunSucceeded");
        assertThat(execution.children())
                .hasSize(3)
                .allSatisfy(
                        child -> assertThat(child).succeeded().visited("Do").calledTimes("Do", 1));
        assertThat(DISTRIBUTED.coverage().missedStates()).isEmpty();
    }

    @Test
    void aFailedItemFailsTheMap() {
        assertThat(
                        DISTRIBUTED
                                .mockItems("Each", List.of(1, 2, 3))
                                .mock("Do", returns("1"), fails("Broken"), returns("3"))
                                .run("{}"))
                .failedWith("States.ExceedToleratedFailureThreshold")
                .hasEvents("MapRunFailed");
    }

    @Test
    void childrenAreRetriedWithTheSeedsJitter() {
        var busy =
                DISTRIBUTED
                        .mockItems("Each", "[1]")
                        .mock("Do", fails("Busy"), fails("Busy"), returns("1"));

        var delays = busy.run("{}").children().getFirst().retries("Do");
        assertThat(delays).hasSize(2);
        assertThat(busy.run("{}").children().getFirst())
                .retried("Do", delays.toArray(Duration[]::new));
    }

    @Test
    void aReaderWithoutItemsSaysHowToMockIt() {
        assertThatThrownBy(() -> DISTRIBUTED.run("{}"))
                .hasMessageContaining("The ItemReader of state 'Each' reads")
                .hasMessageContaining(".mockItems(\"Each\", List.of(…))");
    }

    @Test
    void manyItemsAreNoMatter() {
        var items = IntStream.range(0, 500).boxed().toList();

        assertThat(DISTRIBUTED.mockItems("Each", items).mock("Do", returns("1")).run("{}"))
                .hasOutputSatisfying(output -> assertThat(output).hasSize(500));
    }

    @Test
    void aResultWriterAnswersAsIfItHadWritten() {
        var writing =
                StateMachineTest.of(
                        "writing",
                        """
                        {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "each", "End": true,
                          "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b", "Prefix": "out"}},
                          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                            "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}
                        """);

        assertThat(writing.run("[1, 2]"))
                .hasOutputAt("/ResultWriterDetails/Bucket", "\"b\"")
                .hasOutputSatisfying(output ->
                        assertThat(output.at("/ResultWriterDetails/Key").asString())
                                .startsWith("out/")
                                .endsWith("/manifest.json"));
    }

    @Test
    void aDistributedMapGoesThroughTheMembersOfAnObject() {
        assertThat(ofJsonata("\"{% $states.input %}\"", "DISTRIBUTED").run("{\"a\": 1, \"b\": 2}"))
                .hasOutput(
                        """
                        [{"k": "a", "v": 1, "i": 0, "s": "STATE_DATA"}, {"k": "b", "v": 2, "i": 1, "s": "STATE_DATA"}]
                        """);
        assertThat(ofJsonata("{\"a\": \"{% 1 + 1 %}\"}", "DISTRIBUTED").run("{}"))
                .hasOutput("[{\"k\": \"a\", \"v\": 2, \"i\": 0, \"s\": \"STATE_DATA\"}]");
    }

    @Test
    void anInlineMapDoesNot() {
        assertThat(ofJsonata("\"{% $states.input %}\"", "INLINE").run("{\"a\": 1}"))
                .failedWith("States.QueryEvaluationError");
    }

    private static StateMachineTest ofJsonata(String items, String mode) {
        return StateMachineTest.of(
                "members",
                """
                {"QueryLanguage": "JSONata", "StartAt": "Each", "States": {"Each": {"Type": "Map", "Items": %s,
                  "ItemSelector": {"k": "{%% $states.context.Map.Item.Key %%}", "v": "{%% $states.context.Map.Item.Value %%}",
                    "i": "{%% $states.context.Map.Item.Index %%}", "s": "{%% $states.context.Map.Item.Source %%}"},
                  "ItemProcessor": {"ProcessorConfig": {"Mode": "%s", "ExecutionType": "STANDARD"},
                    "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}, "End": true}}}
                """
                        .formatted(items, mode));
    }
}
