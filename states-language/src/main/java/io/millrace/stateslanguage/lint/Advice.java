package io.millrace.stateslanguage.lint;

import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import io.millrace.stateslanguage.model.StateMachineDefinition;
import java.util.ArrayList;
import java.util.List;

/** What Step Functions takes and an execution may fail or hang by. */
final class Advice {

    /** What to look at again, and why. */
    record Doubt(String code, String path, String message) {}

    private final List<Doubt> doubts = new ArrayList<>();

    private final TaskAdvice tasks;

    private Advice(TaskResources resources) {
        this.tasks = new TaskAdvice(resources);
    }

    static List<Doubt> on(StateMachineDefinition definition, TaskResources resources) {
        var advice = new Advice(resources);
        advice.look("", definition.graph());
        return advice.doubts;
    }

    private void look(String path, StateGraph graph) {
        graph.states().forEach((name, state) -> look(path + "/States/" + name, state));
    }

    private void look(String path, State state) {
        switch (state) {
            case State.Choice choice when choice.otherwise().isEmpty() ->
                    doubts.add(
                            new Doubt(
                                    "NO_DEFAULT",
                                    path,
                                    "Without Default the state fails with States.NoChoiceMatched if no rule holds"));
            case State.Task task -> {
                if (waitsForever(task)) {
                    doubts.add(
                            new Doubt(
                                    "NO_TIMEOUT",
                                    path,
                                    "Without TimeoutSeconds or HeartbeatSeconds a token that nobody answers is waited for as long as an execution may run"));
                }
                doubts.addAll(tasks.on(path, task));
            }
            case State.Parallel parallel -> {
                for (var i = 0; i < parallel.branches().size(); i++) {
                    look("%s/Branches[%d]".formatted(path, i), parallel.branches().get(i));
                }
            }
            case State.MapState map ->
                    look(
                            path + (map.iteration().legacy() ? "/Iterator" : "/ItemProcessor"),
                            map.iteration().processor());
            case State.Choice _, State.Pass _, State.Wait _ -> {}
            case State.Succeed _, State.Fail _ -> {}
        }
    }

    private static boolean waitsForever(State.Task task) {
        return task.resource().endsWith(".waitForTaskToken")
                && task.timeout().isEmpty()
                && task.heartbeat().isEmpty();
    }
}
