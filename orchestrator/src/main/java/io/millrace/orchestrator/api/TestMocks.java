package io.millrace.orchestrator.api;

import io.millrace.orchestrator.teststate.AnswerShapes;
import io.millrace.orchestrator.teststate.Mock;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.model.Distribution;
import io.millrace.stateslanguage.model.State;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a caller of TestState mocks, and whether it could be so. */
final class TestMocks {

    private static final Set<String> MODES = Set.of("STRICT", "PRESENT", "NONE");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final AnswerShapes shapes;

    TestMocks(AnswerShapes shapes) {
        this.shapes = shapes;
    }

    Optional<Mock> of(Request request, State state) {
        return request.object("mock").map(mock -> mock(request, mock, state));
    }

    private Mock mock(Request request, JsonNode mock, State state) {
        checkType(state);
        if (request.flag("revealSecrets", false)) {
            throw ApiError.validation(
                    "TestState does not support RevealSecrets when a mock is specified.");
        }
        if (mock.hasNonNull("result") == mock.hasNonNull("errorOutput")) {
            throw ApiError.validation(
                    mock.hasNonNull("result")
                            ? "A test mock should have only one of the following fields: [result, errorOutput]."
                            : "A test mock must have one of the following fields: [result, errorOutput].");
        }
        if (mock.hasNonNull("errorOutput")) {
            return new Mock.Failure(failure(mock.path("errorOutput")));
        }
        var result = result(mock.path("result").asString());
        checkResult(state, result, mode(mock));
        return new Mock.Result(result);
    }

    private static void checkType(State state) {
        switch (state) {
            case State.Task _, State.Parallel _, State.MapState _ -> {}
            case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ ->
                    throw ApiError.validation(
                            "State type '%s' is not supported when a mock is specified"
                                    .formatted(state.type()));
        }
    }

    private static StateError failure(JsonNode output) {
        return new StateError(
                output.path("error").stringValueOpt(), output.path("cause").stringValueOpt());
    }

    private static JsonNode result(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException _) {
            throw ApiError.validation("Mocked result must be valid JSON");
        }
    }

    private static String mode(JsonNode mock) {
        var mode = mock.path("fieldValidationMode").asString("STRICT");
        if (!MODES.contains(mode)) {
            throw ApiError.validation(
                    "1 validation error detected: Value '%s' at 'mock.fieldValidationMode' failed to satisfy constraint: Member must satisfy enum value set: [STRICT, PRESENT, NONE]"
                            .formatted(mode));
        }
        return mode;
    }

    private void checkResult(State state, JsonNode result, String mode) {
        switch (state) {
            case State.Parallel parallel -> {
                requireArray(result);
                if (result.size() != parallel.branches().size()) {
                    throw ApiError.validation(
                            "Mocked result must contain the same number of items as number of Parallel branches.");
                }
            }
            case State.MapState map -> checkResult(map, result);
            case State.Task task -> {
                if (!mode.equals("NONE")) {
                    shapes.problem(task.resource(), result, mode.equals("STRICT"))
                            .ifPresent(problem -> {
                                throw ApiError.validation(problem);
                            });
                }
            }
            case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> {}
        }
    }

    private static void checkResult(State.MapState map, JsonNode result) {
        var written = map.iteration().distribution().flatMap(Distribution::writer).isPresent();
        if (!written) {
            requireArray(result);
        } else if (!result.isObject()) {
            throw ApiError.validation("Mocked result must be a JSON object.");
        }
    }

    private static void requireArray(JsonNode result) {
        if (!result.isArray()) {
            throw ApiError.validation("Mocked result must be an array.");
        }
    }
}
