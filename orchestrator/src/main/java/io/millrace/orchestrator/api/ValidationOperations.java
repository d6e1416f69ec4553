package io.millrace.orchestrator.api;

import io.millrace.orchestrator.workflow.StateMachine;
import io.millrace.orchestrator.workflow.StateMachines;
import io.millrace.stateslanguage.parse.Parsed;
import io.millrace.stateslanguage.parse.Problem;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operation that looks for what is wrong with a definition; every problem that it finds is an
 * error, so that {@code severity} changes nothing.
 */
final class ValidationOperations {

    private static final int MOST = 100;

    private final StateMachines machines;

    ValidationOperations(StateMachines machines) {
        this.machines = machines;
    }

    Map<String, Operation> operations() {
        return Map.of("ValidateStateMachineDefinition", this::validate);
    }

    private ObjectNode validate(Request request) {
        var most = request.maxResults(MOST);
        List<Problem> problems =
                switch (machines.parse(request.required("definition"), type(request))) {
                    case Parsed.Valid _ -> List.of();
                    case Parsed.Invalid(var found) -> found;
                };
        var answer = Json.object().put("result", problems.isEmpty() ? "OK" : "FAIL");
        var diagnostics = answer.putArray("diagnostics");
        problems.stream()
                .limit(most)
                .map(ValidationOperations::diagnostic)
                .forEach(diagnostics::add);
        return answer.put("truncated", problems.size() > most);
    }

    private static StateMachine.Type type(Request request) {
        return StateMachineOperations.type(request.text("type").orElse("STANDARD"));
    }

    private static ObjectNode diagnostic(Problem problem) {
        var diagnostic =
                Json.object()
                        .put("severity", "ERROR")
                        .put("code", problem.code().name())
                        .put("message", problem.message());
        problem.location().ifPresent(at -> diagnostic.put("location", at));
        return diagnostic;
    }
}
