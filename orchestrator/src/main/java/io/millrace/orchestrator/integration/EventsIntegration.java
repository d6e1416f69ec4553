package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.stateslanguage.error.StateError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code events:putEvents}. Each event names the state machine and the execution among its
 * resources; one that EventBridge does not take fails the task (developer guide, "Add EventBridge
 * events with Step Functions").
 */
final class EventsIntegration implements Integration {

    private static final Refusals REFUSALS =
            new Refusals.Optimised("EventBridge", "AmazonEventBridge");

    private final SdkServices services;
    private final Arns arns;

    EventsIntegration(SdkServices services, Arns arns) {
        this.services = services;
        this.arns = arns;
    }

    @Override
    public boolean handles(TaskResource resource) {
        return resource instanceof TaskResource.Service(var service, var action, _)
                && service.equals("events")
                && action.equals("putEvents")
                && !resource.isJob();
    }

    @Override
    public TaskOutcome call(TaskCall call) {
        var outcome = Answers.of(REFUSALS, call, () -> put(call));
        return outcome instanceof TaskOutcome.Done(var output)
                        && output.node().path("FailedEntryCount").asInt(0) > 0
                ? new TaskOutcome.Failed(StateError.of("EventBridge.FailedEntry", output.text()))
                : outcome;
    }

    private ObjectNode put(TaskCall call) {
        var parameters = call.parameters().deepCopy();
        call.caller()
                .map(caller -> caller.head().id())
                .ifPresent(execution ->
                        parameters
                                .path("Entries")
                                .forEach(entry -> addResources(entry, execution)));
        return services.operation("eventbridge", "putEvents")
                .orElseThrow()
                .call(parameters)
                .output();
    }

    private void addResources(JsonNode entry, ExecutionId execution) {
        if (entry instanceof ObjectNode event) {
            var resources =
                    event.get("Resources") instanceof ArrayNode given
                            ? given
                            : event.putArray("Resources");
            resources
                    .add(arns.stateMachine(execution.stateMachine()))
                    .add(arns.execution(execution));
        }
    }
}
