package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.EventDetails;
import io.millrace.orchestrator.execution.HistoryEvent;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Shows history events as GetExecutionHistory does. */
public final class HistoryView {

    /**
     * @param data whether inputs and outputs are shown
     */
    public ObjectNode view(HistoryEvent event, boolean data) {
        var view = Json.object();
        view.set("timestamp", Json.time(event.time()));
        view.put("type", event.type().text())
                .put("id", event.id())
                .put("previousEventId", event.previous());
        if (!(event.details() instanceof EventDetails.None)) {
            view.set(field(event), details(event.details(), data));
        }
        return view;
    }

    /** The states' own events share one field; the others are called after their type. */
    private static String field(HistoryEvent event) {
        var name =
                switch (event.details()) {
                    case EventDetails.StateEntered _ -> "StateEntered";
                    case EventDetails.StateExited _ -> "StateExited";
                    default -> event.type().text();
                };
        return Character.toLowerCase(name.charAt(0)) + name.substring(1) + "EventDetails";
    }

    private static ObjectNode details(EventDetails details, boolean data) {
        var view = Json.object();
        switch (details) {
            case EventDetails.None _ -> {}
            case EventDetails.Started(var input, var roleArn, var version, var alias) -> {
                datum(view, "input", input, data);
                view.put("roleArn", roleArn);
                version.ifPresent(arn -> view.put("stateMachineVersionArn", arn));
                alias.ifPresent(arn -> view.put("stateMachineAliasArn", arn));
            }
            case EventDetails.Succeeded(var output) -> datum(view, "output", output, data);
            case EventDetails.Failed(var error, var cause) -> failure(view, error, cause);
            case EventDetails.StateEntered(var name, var input) -> {
                view.put("name", name);
                datum(view, "input", input, data);
            }
            case EventDetails.StateExited exited -> exited(view, exited, data);
            case EventDetails.TaskScheduled scheduled -> scheduled(view, scheduled, data);
            case EventDetails.TaskStarted(var type, var resource) -> resource(view, type, resource);
            case EventDetails.TaskOutput(var type, var resource, var output) -> {
                resource(view, type, resource);
                output.ifPresent(datum -> datum(view, "output", datum, data));
            }
            case EventDetails.TaskFailed(var type, var resource, var error, var cause) -> {
                resource(view, type, resource);
                failure(view, error, cause);
            }
            case EventDetails.FunctionScheduled(var resource, var input, var timeout) -> {
                view.put("resource", resource);
                datum(view, "input", input, data);
                timeout.ifPresent(seconds -> view.put("timeoutInSeconds", seconds));
            }
            case EventDetails.ActivityScheduled scheduled -> scheduled(view, scheduled, data);
            case EventDetails.ActivityStarted(var worker) ->
                    worker.ifPresent(name -> view.put("workerName", name));
            case EventDetails.MapStarted(var length) -> view.put("length", length);
            case EventDetails.Redriven(var count) -> view.put("redriveCount", count);
            case EventDetails.MapRunRedriven(var arn, var count) ->
                    view.put("mapRunArn", arn).put("redriveCount", count);
            case EventDetails.MapRunStarted(var arn) -> view.put("mapRunArn", arn);
            case EventDetails.Iteration(var name, var index) ->
                    view.put("name", name).put("index", index);
            case EventDetails.EvaluationFailed(var state, var error, var cause, var location) -> {
                failure(view, Optional.of(error), Optional.of(cause));
                location.ifPresent(text -> view.put("location", text));
                view.put("state", state);
            }
        }
        return view;
    }

    private static void exited(ObjectNode view, EventDetails.StateExited exited, boolean data) {
        view.put("name", exited.name());
        datum(view, "output", exited.output(), data);
        if (!exited.assigned().isEmpty() && data) {
            var variables = view.putObject("assignedVariables");
            exited.assigned().forEach((name, value) -> variables.put(name, value.text()));
            view.putObject("assignedVariablesDetails").put("truncated", false);
        }
    }

    private static void scheduled(
            ObjectNode view, EventDetails.TaskScheduled scheduled, boolean data) {
        resource(view, scheduled.resourceType(), scheduled.resource());
        view.put("region", scheduled.region());
        view.put("parameters", data ? scheduled.parameters().text() : "");
        scheduled.timeoutSeconds().ifPresent(seconds -> view.put("timeoutInSeconds", seconds));
        scheduled.heartbeatSeconds().ifPresent(seconds -> view.put("heartbeatInSeconds", seconds));
    }

    private static void scheduled(
            ObjectNode view, EventDetails.ActivityScheduled scheduled, boolean data) {
        view.put("resource", scheduled.resource());
        datum(view, "input", scheduled.input(), data);
        scheduled.timeoutSeconds().ifPresent(seconds -> view.put("timeoutInSeconds", seconds));
        scheduled.heartbeatSeconds().ifPresent(seconds -> view.put("heartbeatInSeconds", seconds));
    }

    private static void resource(ObjectNode view, String type, String resource) {
        view.put("resourceType", type).put("resource", resource);
    }

    private static void failure(ObjectNode view, Optional<String> error, Optional<String> cause) {
        error.ifPresent(text -> view.put("error", text));
        cause.ifPresent(text -> view.put("cause", text));
    }

    private static void datum(ObjectNode view, String name, Datum datum, boolean shown) {
        if (shown) {
            view.put(name, datum.text());
            view.putObject(name + "Details").put("truncated", false);
        }
    }
}
