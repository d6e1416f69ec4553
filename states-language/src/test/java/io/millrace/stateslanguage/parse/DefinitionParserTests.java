package io.millrace.stateslanguage.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.stateslanguage.model.DataFlow;
import io.millrace.stateslanguage.model.Distribution.ExecutionType;
import io.millrace.stateslanguage.model.QueryLanguage;
import io.millrace.stateslanguage.model.Retrier;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.Transition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefinitionParserTests {

    private final DefinitionParser parser = new DefinitionParser();

    @Test
    void aDefinitionKeepsWhatItSays() {
        var definition =
                parser.parse(
                                """
                                {"Comment": "c", "Version": "1.0", "TimeoutSeconds": 60, "StartAt": "A", "States": {
                                  "A": {"Type": "Pass", "Comment": "first", "Next": "B"},
                                  "B": {"Type": "Wait", "QueryLanguage": "JSONata", "Seconds": 1, "End": true}}}
                                """)
                        .orThrow();
        assertThat(definition.comment()).contains("c");
        assertThat(definition.timeoutSeconds()).contains(60L);
        assertThat(definition.queryLanguage()).isEqualTo(QueryLanguage.JSON_PATH);
        assertThat(definition.graph().states()).containsOnlyKeys("A", "B");
        var first = (State.Pass) definition.graph().start();
        assertThat(first.comment()).contains("first");
        assertThat(first.then()).isEqualTo(new Transition.To("B"));
        assertThat(first.data()).isEqualTo(DataFlow.ByJsonPath.DEFAULT);
        assertThat(definition.graph().state("B").queryLanguage()).isEqualTo(QueryLanguage.JSONATA);
    }

    @Test
    void whatIsEqualInTheTextIsEqualInTheModel() {
        var text =
                """
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"x.$": "$.y"}, "ResultPath": "$.z", "End": true}}}
                """;
        assertThat(parser.parse(text)).isEqualTo(parser.parse(text));
    }

    @Test
    void retriersHaveTheDefaultsOfTheLanguage() {
        var task =
                parser.parse(
                                """
                                {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Retry": [{"ErrorEquals": ["E"]}], "End": true}}}
                                """)
                        .orThrow()
                        .graph()
                        .start();
        assertThat(task.retriers())
                .containsExactly(
                        new Retrier(
                                List.of("E"), 1, 3, 2.0, Optional.empty(), Retrier.Jitter.NONE));
    }

    @Test
    void aDistributedMapKeepsItsReaderBatcherAndWriter() {
        var map =
                (State.MapState)
                        parser.parse(
                                        """
                                        {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "rows", "MaxConcurrency": 10, "ToleratedFailurePercentage": 5,
                                          "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "CSV"}, "Parameters": {"Bucket.$": "$.b", "Key": "k"}},
                                          "ItemBatcher": {"MaxItemsPerBatch": 100},
                                          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "StartAt": "P", "States": {"P": {"Type": "Succeed"}}},
                                          "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "out", "Prefix": "p"}}, "End": true}}}
                                        """)
                                .orThrow()
                                .graph()
                                .start();
        var distribution = map.iteration().distribution().orElseThrow();
        assertThat(distribution.executionType()).isEqualTo(ExecutionType.EXPRESS);
        assertThat(distribution.label()).contains("rows");
        assertThat(distribution.reader()).isPresent();
        assertThat(distribution.batcher()).isPresent();
        assertThat(distribution.writer()).isPresent();
        assertThat(map.iteration().maxConcurrency()).isPresent();
    }

    @Test
    void whatIsNotJsonSaysWhere() {
        assertThat(parser.parse("not a definition"))
                .isEqualTo(
                        new Parsed.Invalid(
                                List.of(
                                        new Problem(
                                                Problem.Code.INVALID_JSON_DESCRIPTION,
                                                Optional.of(
                                                        "[Source: (String)\"not a definition\"; line: 1, column: 4]"),
                                                "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)\"not a definition\"; line: 1, column: 4]"))));
    }

    @Test
    void aFieldThatIsThereTwiceIsAProblem() {
        assertThat(parser.parse("{\"StartAt\": \"A\", \"StartAt\": \"B\"}"))
                .isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void orThrowTellsAllProblems() {
        assertThatThrownBy(() -> parser.parse("{\"States\": {\"A\": {}}}").orThrow())
                .hasMessageContaining("These fields are required: [StartAt] at /")
                .hasMessageContaining("These fields are required: [Type] at /States/A");
    }
}
