package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.teststate.StateTest;
import io.millrace.orchestrator.teststate.StateTester;
import io.millrace.orchestrator.teststate.Tested;
import io.millrace.stateslanguage.model.Distribution;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.parse.ParsedState;
import io.millrace.stateslanguage.parse.Problem;
import io.millrace.stateslanguage.scope.Scope;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The operation that tests a state by itself (API reference, TestState). */
final class TestStateOperations {

    private static final Set<String> LEVELS = Set.of("INFO", "DEBUG", "TRACE");

    private final StateTester tester;
    private final TestMocks mocks;
    private final Arns arns;
    private final InstantSource clock;
    private final DefinitionParser parser = new DefinitionParser();

    TestStateOperations(StateTester tester, TestMocks mocks, Arns arns, InstantSource clock) {
        this.tester = tester;
        this.mocks = mocks;
        this.arns = arns;
        this.clock = clock;
    }

    Map<String, Operation> operations() {
        return Map.of("TestState", this::test);
    }

    private ObjectNode test(Request request) {
        var level = request.oneOf("inspectionLevel", LEVELS).orElse("INFO");
        var valid = state(request);
        var state = valid.state();
        var mock = mocks.of(request, state);
        if (mock.isEmpty()) {
            checkWithoutMock(request, state);
        }
        var input = request.json("input", "{}", ApiError::invalidInput).node();
        var configuration = request.object("stateConfiguration").orElseGet(Json::object);
        var test =
                new StateTest(
                        state,
                        new Scope(input, context(request, valid, input), variables(request)),
                        mock,
                        configuration.path("retrierRetryCount").asInt(0),
                        failedIterations(configuration),
                        readItems(configuration, state));
        return answer(tester.test(test), level);
    }

    private ParsedState.Valid state(Request request) {
        return switch (parser.parseState(
                request.required("definition"), request.text("stateName"))) {
            case ParsedState.Valid valid -> valid;
            case ParsedState.Unknown _ ->
                    throw ApiError.validation("State not found in definition");
            case ParsedState.Invalid(var problems) ->
                    throw ApiError.invalidDefinition(
                            problems.stream().map(Problem::text).collect(Collectors.joining(", ")));
        };
    }

    private static void checkWithoutMock(Request request, State state) {
        if (request.text("context").isPresent()) {
            throw ApiError.validation("Context can be specified only when a mock is specified");
        }
        switch (state) {
            case State.Parallel _, State.MapState _ ->
                    throw ApiError.untestable(
                            "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]");
            case State.Task task -> {
                if (request.text("roleArn").isEmpty()) {
                    throw ApiError.validation(
                            "RoleArn must be specified when testing a Task state");
                }
                if (answeredLater(task)) {
                    throw ApiError.untestable(
                            "TestState API does not support '.sync' or '.waitForTaskToken' service integration patterns without a mock");
                }
            }
            case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> {}
        }
    }

    private static boolean answeredLater(State state) {
        return state instanceof State.Task task
                && (task.resource().contains(".sync")
                        || TaskResource.parse(task.resource())
                                .filter(TaskResource::byToken)
                                .isPresent());
    }

    private static OptionalInt failedIterations(JsonNode configuration) {
        var count = configuration.path("mapIterationFailureCount");
        if (count.isIntegralNumber() && count.intValue() < 0) {
            throw ApiError.validation(
                    "1 validation error detected: Value '%s' at 'stateConfiguration.mapIterationFailureCount' failed to satisfy constraint: Member must have value greater than or equal to 0"
                            .formatted(count));
        }
        return count.isIntegralNumber() ? OptionalInt.of(count.intValue()) : OptionalInt.empty();
    }

    private static Optional<UnaryOperator<JsonNode>> readItems(
            JsonNode configuration, State state) {
        var reads =
                state instanceof State.MapState map
                        && map.iteration().distribution().flatMap(Distribution::reader).isPresent();
        var data = configuration.path("mapItemReaderData");
        if (reads && !data.isString()) {
            throw ApiError.validation(
                    "ItemReader data must be specified when testing a Map state with ItemReader specified.");
        }
        return reads
                ? Optional.of(reader ->
                        TestItems.read((State.MapState) state, data.stringValue(), reader))
                : Optional.empty();
    }

    private static Map<String, JsonNode> variables(Request request) {
        var variables = new LinkedHashMap<String, JsonNode>();
        var given = request.json("variables", "{}", ApiError::validation).node();
        if (!given.isObject()) {
            throw ApiError.validation(
                    "Invalid variables provided: Variables must be a JSON object");
        }
        given.properties().forEach(each -> variables.put(each.getKey(), each.getValue()));
        return variables;
    }

    private JsonNode context(Request request, ParsedState.Valid valid, JsonNode input) {
        return request.text("context")
                .map(text -> TestContext.read(text, answeredLater(valid.state())))
                .orElseGet(() -> context(valid, input, request.text("roleArn").orElse("")));
    }

    /** What a state sees if the caller says nothing of it. */
    private JsonNode context(ParsedState.Valid valid, JsonNode input, String role) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        var name = UUID.randomUUID().toString();
        var context = Json.object();
        context.putObject("Execution")
                .put("Id", arns.execution(new ExecutionId("TestState", name)))
                .set("Input", input)
                .put("StartTime", now)
                .put("Name", name)
                .put("RoleArn", role);
        context.putObject("StateMachine")
                .put("Id", arns.stateMachine("TestState"))
                .put("Name", "TestState");
        context.putObject("State").put("Name", valid.state().name()).put("EnteredTime", now);
        if (valid.inMap()) {
            var item = MapItem.of(input).inContext(0, MapItem.STATE_DATA);
            context.putObject("Map").set("Item", item);
        }
        return context;
    }

    private static ObjectNode answer(Tested tested, String level) {
        var answer = Json.object().put("status", tested.status().name());
        tested.output().ifPresent(output -> answer.put("output", output.toString()));
        tested.error()
                .ifPresent(reason -> {
                    reason.error().ifPresent(error -> answer.put("error", error));
                    reason.cause().ifPresent(cause -> answer.put("cause", cause));
                });
        tested.next().ifPresent(next -> answer.put("nextState", next));
        if (!level.equals("INFO")) {
            answer.set("inspectionData", inspection(tested));
        }
        return answer;
    }

    /** Data is shown as text; numbers and the details of an error are not. */
    private static ObjectNode inspection(Tested tested) {
        var data = Json.object();
        tested.seen()
                .forEach((name, value) -> {
                    switch (name) {
                        case "maxConcurrency",
                                "toleratedFailureCount",
                                "toleratedFailurePercentage",
                                "errorDetails" ->
                                data.set(name, value);
                        default -> data.put(name, value.toString());
                    }
                });
        if (!tested.variables().isEmpty()) {
            var variables = JsonNodeFactory.instance.objectNode();
            tested.variables().forEach(variables::set);
            data.put("variables", variables.toString());
        }
        return data;
    }
}
