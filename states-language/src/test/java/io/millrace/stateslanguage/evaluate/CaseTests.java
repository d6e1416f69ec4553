package io.millrace.stateslanguage.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.evaluate.Cases.Case;
import io.millrace.stateslanguage.evaluate.Walk.End;
import io.millrace.stateslanguage.intrinsic.Expression;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.parse.Parsed;
import io.millrace.stateslanguage.parse.Problem;
import io.millrace.stateslanguage.scope.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs the cases in the folders of the test resources. */
class CaseTests {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    static Stream<Case> machines() {
        return Stream.of("data-flow", "failure", "containers", "jsonata", "variables")
                .flatMap(Cases::in);
    }

    static Stream<Case> choices() {
        return Cases.in("choice").filter(one -> one.fields().has("definition"));
    }

    @ParameterizedTest
    @MethodSource({"machines", "choices"})
    void theMachineEndsAsTheCaseSays(Case one) {
        var definition = new DefinitionParser().parse(one.definition()).orThrow();
        var input = one.field("input");
        var context =
                Surroundings.context(
                        one.fields().has("executionInput") ? one.field("executionInput") : input);
        var end =
                new Walk(Surroundings.environment(), new Workers(), context).run(definition, input);
        switch (end) {
            case End.Succeeded(var output) -> assertThat(output).isEqualTo(one.field("output"));
            case End.Failed(var error) -> {
                assertThat(one.fields().has("error")).as("failed with %s", error).isTrue();
                assertThat(withoutPlace(error)).isEqualTo(expected(one));
            }
        }
    }

    /** What an engine adds is the state and its event. */
    private static StateError withoutPlace(StateError error) {
        return new StateError(
                error.error(),
                error.cause()
                        .map(cause ->
                                cause.replaceFirst(
                                        "^An error occurred while executing the state '[^']*' \\(entered at the event id #0\\)\\. ",
                                        "")));
    }

    private static StateError expected(Case one) {
        return new StateError(text(one.field("error")), text(one.field("cause")));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.asString()) : Optional.empty();
    }

    static Stream<Case> intrinsics() {
        return Cases.in("intrinsics");
    }

    @ParameterizedTest
    @MethodSource("intrinsics")
    void theFunctionGivesOrRefusesWhatTheCaseSays(Case one) {
        var expression = Expression.parse(one.field("expression").asString());
        var scope = new Scope(one.field("input"), JsonNodeFactory.instance.objectNode(), Map.of());
        if (one.fields().has("value")) {
            assertThat(expression.evaluate(scope, Surroundings.environment()))
                    .isEqualTo(one.field("value"));
        } else {
            var failure =
                    catchThrowableOfType(
                            EvaluationFailure.class,
                            () -> expression.evaluate(scope, Surroundings.environment()));
            assertThat(failure.error()).isEqualTo("States.IntrinsicFailure");
            assertThat(failure.detail())
                    .isEqualTo(
                            "The function '%s' had the following error: %s"
                                    .formatted(expression.text(), one.field("refusal").asString()));
        }
    }

    static Stream<Case> rules() {
        return Cases.in("choice").filter(one -> one.fields().has("rules"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRulesHoldAsTheCaseSays(Case one) {
        for (var rule : one.field("rules").properties()) {
            var choice = choice(rule.getKey());
            var scope =
                    new Scope(one.field("input"), JsonNodeFactory.instance.objectNode(), Map.of());
            var evaluator = new StateEvaluator(Surroundings.environment());
            if (rule.getValue().isBoolean()) {
                assertThat(evaluator.choose(choice, scope).next())
                        .as(rule.getKey())
                        .isEqualTo(rule.getValue().booleanValue() ? "Holds" : "Otherwise");
            } else {
                var failure =
                        catchThrowableOfType(
                                EvaluationFailure.class, () -> evaluator.choose(choice, scope));
                assertThat(failure.detail()).isEqualTo(rule.getValue().asString());
            }
        }
    }

    private static State.Choice choice(String rule) {
        var json =
                """
                {"StartAt": "C", "States": {"C": {"Type": "Choice", "Choices": [%s, "Next": "Holds"}], "Default": "Otherwise"},
                 "Holds": {"Type": "Succeed"}, "Otherwise": {"Type": "Succeed"}}}
                """
                        .formatted(rule.substring(0, rule.length() - 1));
        return (State.Choice) new DefinitionParser().parse(json).orThrow().graph().start();
    }

    static Stream<Case> waits() {
        return Cases.in("wait");
    }

    @ParameterizedTest
    @MethodSource("waits")
    void theStateWaitsAsTheCaseSays(Case one) {
        var json = MAPPER.createObjectNode().put("StartAt", "W");
        var state = json.putObject("States").putObject("W").put("Type", "Wait").put("End", true);
        one.field("wait").properties().forEach(e -> state.set(e.getKey(), e.getValue()));
        var wait = (State.Wait) new DefinitionParser().parse(json).orThrow().graph().start();
        var scope = new Scope(one.field("input"), JsonNodeFactory.instance.objectNode(), Map.of());
        var evaluator = new StateEvaluator(Surroundings.environment());
        if (one.fields().has("error")) {
            var failure =
                    catchThrowableOfType(
                            EvaluationFailure.class, () -> evaluator.pause(wait, scope));
            assertThat(failure.error()).isEqualTo(one.field("error").asString());
            assertThat(failure.detail()).isEqualTo(one.field("cause").asString());
            return;
        }
        switch (evaluator.pause(wait, scope)) {
            case Pause.For(var duration) ->
                    assertThat(duration).hasSeconds(one.field("seconds").asLong());
            case Pause.Until(var time) -> assertThat(time).isEqualTo(one.field("until").asString());
        }
    }

    static Stream<Case> invalid() {
        return Cases.in("../invalid");
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void everythingThatIsWrongIsToldTogether(Case one) {
        var parsed = new DefinitionParser().parse(one.field("definition"));
        assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
        var texts = ((Parsed.Invalid) parsed).problems().stream().map(Problem::text).toList();
        if (one.fields().has("problems")) {
            assertThat(texts).containsExactlyElementsOf(strings(one.field("problems")));
        } else {
            var starts = strings(one.field("problemsStart"));
            assertThat(texts).hasSameSizeAs(starts);
            for (int i = 0; i < starts.size(); i++) {
                assertThat(texts.get(i)).startsWith(starts.get(i));
            }
        }
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    /** The functions that the cases call. */
    private static final class Workers implements Walk.Functions {

        private int calls;

        @Override
        public JsonNode call(State.Task task, JsonNode input) throws Walk.TaskFailure {
            calls++;
            return switch (task.resource().replaceAll(".*:", "")) {
                case "echo" -> input;
                case String third when third.equals("third-time") && calls == 3 ->
                        JsonNodeFactory.instance.stringNode("third time");
                default -> throw new Walk.TaskFailure("Broken", "it broke");
            };
        }
    }
}
