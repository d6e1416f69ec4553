package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.SpanContexts;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.wakeup.EffectCalls;
import io.millrace.orchestrator.workflow.KnownResources;
import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.StateError;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds who does what an effect wants. */
final class IntegrationCalls implements EffectCalls, KnownResources {

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
        return call(
                call.resource(),
                call.parameters().node(),
                SpanContexts.state(head, call.frame()),
                Optional.of(new TaskCall.Caller(head, call)));
    }

    /** Calls what a resource names, for a state by itself. */
    TaskOutcome call(String resource, JsonNode parameters) {
        return call(resource, parameters, Optional.empty(), Optional.empty());
    }

    private TaskOutcome call(
            String resource,
            JsonNode parameters,
            Optional<String> trace,
            Optional<TaskCall.Caller> caller) {
        return TaskResource.parse(resource)
                .flatMap(known ->
                        handling(known)
                                .map(integration ->
                                        integration.call(
                                                new TaskCall(known, parameters, trace, caller))))
                .orElseGet(() -> unknown(resource));
    }

    @Override
    public boolean isKnown(String resource) {
        return TaskResource.parse(resource).flatMap(this::handling).isPresent();
    }

    private Optional<Integration> handling(TaskResource resource) {
        return integrations.stream()
                .filter(integration -> integration.handles(resource))
                .findFirst();
    }

    private static TaskOutcome unknown(String resource) {
        return new TaskOutcome.Failed(
                StateError.of(
                        ErrorNames.RUNTIME,
                        "The resource provided %s is not recognized.".formatted(resource)));
    }
}
