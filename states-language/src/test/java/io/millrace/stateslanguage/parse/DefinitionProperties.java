package io.millrace.stateslanguage.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class DefinitionProperties {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The words of the language, so that what is generated comes close to definitions. */
    private static final List<String> WORDS =
            List.of(
                    "StartAt",
                    "States",
                    "Type",
                    "Next",
                    "End",
                    "Default",
                    "Choices",
                    "Branches",
                    "ItemProcessor",
                    "Iterator",
                    "ProcessorConfig",
                    "Mode",
                    "Retry",
                    "Catch",
                    "ErrorEquals",
                    "Variable",
                    "And",
                    "Or",
                    "Not",
                    "NumericEquals",
                    "StringEqualsPath",
                    "IsPresent",
                    "Condition",
                    "Parameters",
                    "Arguments",
                    "Output",
                    "Assign",
                    "Result",
                    "ResultPath",
                    "InputPath",
                    "OutputPath",
                    "ResultSelector",
                    "QueryLanguage",
                    "Seconds",
                    "Timestamp",
                    "SecondsPath",
                    "TimeoutSeconds",
                    "MaxConcurrency",
                    "Items",
                    "ItemsPath",
                    "ItemReader",
                    "ItemBatcher",
                    "Label",
                    "Resource",
                    "Error",
                    "CausePath",
                    "x.$",
                    "A",
                    "B");

    private static final List<String> TEXTS =
            List.of(
                    "A",
                    "B",
                    "Task",
                    "Pass",
                    "Choice",
                    "Wait",
                    "Succeed",
                    "Fail",
                    "Parallel",
                    "Map",
                    "JSONata",
                    "JSONPath",
                    "DISTRIBUTED",
                    "INLINE",
                    "STANDARD",
                    "arn:aws:states:::x",
                    "$",
                    "$.a",
                    "$$",
                    "$x",
                    "$.a[*]",
                    "$[",
                    "States.Format(",
                    "States.UUID()",
                    "{% $states.input %}",
                    "{% 1 + %}",
                    "States.ALL",
                    "2016-03-14T01:59:00Z",
                    "");

    @Provide
    Arbitrary<JsonNode> json() {
        return Arbitraries.randomValue(random -> json(random, 6));
    }

    @Provide
    Arbitrary<JsonNode> states() {
        return Arbitraries.randomValue(DefinitionProperties::machine);
    }

    private static JsonNode machine(Random random) {
        var machine = NODES.objectNode().put("StartAt", "A");
        var states = machine.putObject("States");
        for (var name : List.of("A", "B", "C").subList(0, 1 + random.nextInt(3))) {
            var state = states.putObject(name).put("Type", one(random, TEXTS.subList(2, 10)));
            for (int i = random.nextInt(6); i > 0; i--) {
                state.set(one(random, WORDS), json(random, 4));
            }
        }
        return machine;
    }

    private static JsonNode json(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0, 1 -> NODES.stringNode(one(random, TEXTS));
            case 2 -> NODES.numberNode(one(random, List.of(0.0, 1.0, -1.0, 1.5, 1e300)));
            case 3 ->
                    one(
                            random,
                            List.of(
                                    NODES.booleanNode(true),
                                    NODES.nullNode(),
                                    NODES.numberNode(1)));
            case 4 -> {
                var array = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(json(random, depth - 1));
                }
                yield array;
            }
            default -> {
                var object = NODES.objectNode();
                for (int i = random.nextInt(7); i > 0; i--) {
                    object.set(one(random, WORDS), json(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static <T> T one(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    @Property(tries = 1500)
    void anyJsonIsADefinitionOrHasProblems(@ForAll("json") JsonNode json) {
        parses(json);
    }

    @Property(tries = 1500)
    void whateverTheStatesHoldTheyAreADefinitionOrHaveProblems(@ForAll("states") JsonNode json) {
        parses(json);
    }

    @Property(tries = 1000)
    void anyTextIsADefinitionOrHasProblems(@ForAll String text) {
        assertThat(new DefinitionParser().parse(text)).isInstanceOf(Parsed.Invalid.class);
    }

    private static void parses(JsonNode json) {
        switch (new DefinitionParser().parse(json)) {
            case Parsed.Valid(var definition) ->
                    assertThat(definition.graph().start().name())
                            .isEqualTo(json.get("StartAt").asString());
            case Parsed.Invalid(var problems) ->
                    assertThat(problems).isNotEmpty().allMatch(p -> !p.text().isBlank());
        }
    }
}
