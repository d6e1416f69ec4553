package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.wakeup.EffectCalls;
import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.StateError;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds who does what an effect wants. */
final class IntegrationCalls implements EffectCalls {

    private final List<Integration> integrations;
    private final FailureReports reports;

    IntegrationCalls(List<Integration> integrations, FailureReports reports) {
        this.integrations = List.copyOf(integrations);
        this.reports = reports;
    }

    @Override
    public TaskOutcome call(Head head, Effect.Outside effect) {
        return switch (effect) {
            case Effect.ReportFailure _ -> reports.send(head);
            case Effect.Call call -> call(head, call);
        };
    }

    private TaskOutcome call(Head head, Effect.Call call) {
        return call(call.resource(), call.parameters().node(), head.trace());
    }

    /** Calls what a resource names, whoever asks. */
    TaskOutcome call(String resource, JsonNode parameters, Optional<String> trace) {
        return TaskResource.parse(resource)
                .flatMap(known ->
                        integrations.stream()
                                .filter(integration -> integration.handles(known))
                                .findFirst()
                                .map(integration -> integration.call(known, parameters, trace)))
                .orElseGet(() -> unknown(resource));
    }

    private static TaskOutcome unknown(String resource) {
        return new TaskOutcome.Failed(
                StateError.of(
                        ErrorNames.RUNTIME,
                        "The resource provided %s is not recognized.".formatted(resource)));
    }
}
