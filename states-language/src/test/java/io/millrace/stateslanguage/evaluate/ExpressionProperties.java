package io.millrace.stateslanguage.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.intrinsic.Expression;
import io.millrace.stateslanguage.jsonata.JsonataExpression;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.parse.Parsed;
import io.millrace.stateslanguage.path.InvalidExpression;
import io.millrace.stateslanguage.scope.Scope;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExpressionProperties {

    private static final JsonNode DATA =
            JsonMapper.shared()
                    .readTree(
                            "{\"a\": [1, {\"b\": null}, \"x\"], \"b\": {\"c\": 2.5}, \"s\": \"text\"}");
    private static final Scope SCOPE = new Scope(DATA, DATA, Map.of("v", DATA));

    private static final List<String> PATH_PARTS =
            List.of(
                    "$",
                    "$$",
                    "$v",
                    ".",
                    "..",
                    "a",
                    "b",
                    "s",
                    "[",
                    "]",
                    "(",
                    ")",
                    "?",
                    "@",
                    "*",
                    "0",
                    "-1",
                    ":",
                    ",",
                    "'",
                    "\"",
                    "==",
                    "&&",
                    "length()",
                    "sum($.a)",
                    "\\",
                    " ",
                    "~",
                    "!");

    private static final List<String> CALL_PARTS =
            List.of(
                    "States.",
                    "Array",
                    "Format",
                    "StringSplit",
                    "ArrayGetItem",
                    "MathAdd",
                    "Hash",
                    "States.UUID()",
                    "(",
                    ")",
                    ",",
                    "'",
                    "{}",
                    "\\",
                    "$.a",
                    "$.b.c",
                    "1",
                    "-",
                    ".5",
                    "true",
                    "null",
                    " ");

    private static final List<String> JSONATA_PARTS =
            List.of(
                    "$states.input",
                    "$v",
                    ".",
                    "a",
                    "b",
                    "[",
                    "]",
                    "(",
                    ")",
                    "{",
                    "}",
                    ":",
                    "+",
                    "&",
                    "1",
                    "'x'",
                    "$sum",
                    "$map",
                    "function($x)",
                    ":=",
                    ";",
                    "?",
                    "$partition",
                    "$range(1,2,1)",
                    "null",
                    "~>",
                    "^",
                    "%",
                    "@",
                    "#",
                    "/x/",
                    " ",
                    "$hash",
                    "$parse");

    @Provide
    Arbitrary<String> paths() {
        return joined(PATH_PARTS).map(tail -> "$" + tail);
    }

    @Provide
    Arbitrary<String> calls() {
        return joined(CALL_PARTS).map(tail -> "States.Array(" + tail);
    }

    @Provide
    Arbitrary<String> jsonata() {
        return joined(JSONATA_PARTS).map(text -> "{% " + text + " %}");
    }

    private static Arbitrary<String> joined(List<String> parts) {
        return Arbitraries.randomValue(random -> {
            var text = new StringBuilder();
            for (int i = random.nextInt(9); i >= 0; i--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            return text.toString();
        });
    }

    @Property(tries = 3000)
    void aPathHasAValueOrFailsAsOne(@ForAll("paths") String text) {
        hasAValueOrFails(text);
    }

    @Property(tries = 3000)
    void aCallHasAValueOrFailsAsOne(@ForAll("calls") String text) {
        hasAValueOrFails(text);
    }

    private static void hasAValueOrFails(String text) {
        try {
            assertThat(Expression.parse(text).evaluate(SCOPE, Surroundings.environment()))
                    .isNotNull();
        } catch (InvalidExpression | EvaluationFailure e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Property(tries = 2000)
    void jsonataHasAValueOrFailsAsOne(@ForAll("jsonata") String text) {
        try {
            assertThat(
                            JsonataExpression.parse(text, "Output")
                                    .evaluate(SCOPE, Surroundings.environment()))
                    .isNotNull();
        } catch (InvalidExpression | EvaluationFailure e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Example
    void deepTextsAreProblemsNotOverflows() {
        var parser = new DefinitionParser();
        var depths =
                List.of(
                        "[".repeat(100_000),
                        pass("Result", "[".repeat(400) + "]".repeat(400)),
                        pass("InputPath", "\"$" + ".a".repeat(20_000) + "\""),
                        pass("ResultPath", "\"$" + ".a".repeat(20_000) + "\""),
                        pass("InputPath", "\"$[?(" + "(".repeat(5_000) + "\""),
                        pass("Parameters", "{\"x.$\": \"" + "States.Array(".repeat(5_000) + "\"}"),
                        pass("Output", "\"{% " + "(".repeat(5_000) + " %}\""),
                        pass("Parameters", "{\"a\":".repeat(300) + "1" + "}".repeat(300)));
        for (var text : depths) {
            assertThat(parser.parse(text))
                    .isInstanceOfAny(Parsed.Valid.class, Parsed.Invalid.class);
        }
    }

    private static String pass(String field, String value) {
        return """
        {"StartAt": "A", "States": {"A": {"Type": "Pass", "QueryLanguage": "%s", "%s": %s, "End": true}}}
        """
                .formatted(field.equals("Output") ? "JSONata" : "JSONPath", field, value);
    }
}
