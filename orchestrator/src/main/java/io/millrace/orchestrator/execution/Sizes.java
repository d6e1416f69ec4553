package io.millrace.orchestrator.execution;

/** How much data an event carries, roughly: in characters. */
final class Sizes {

    private Sizes() {}

    static int of(EventDetails details) {
        return switch (details) {
            case EventDetails.Started(var input, _, _, _) -> input.text().length();
            case EventDetails.Succeeded(var output) -> output.text().length();
            case EventDetails.StateEntered(_, var input) -> input.text().length();
            case EventDetails.StateExited(_, var output, _) -> output.text().length();
            case EventDetails.TaskScheduled(_, _, _, var parameters, _, _) ->
                    parameters.text().length();
            case EventDetails.TaskOutput(_, _, var output) ->
                    output.map(datum -> datum.text().length()).orElse(0);
            case EventDetails.FunctionScheduled(_, var input, _) -> input.text().length();
            case EventDetails.ActivityScheduled(_, var input, _, _) -> input.text().length();
            case EventDetails.None _,
                    EventDetails.Failed _,
                    EventDetails.TaskStarted _,
                    EventDetails.TaskFailed _,
                    EventDetails.ActivityStarted _,
                    EventDetails.MapStarted _,
                    EventDetails.MapRunStarted _,
                    EventDetails.Redriven _,
                    EventDetails.MapRunRedriven _,
                    EventDetails.Iteration _,
                    EventDetails.EvaluationFailed _ ->
                    0;
        };
    }
}
