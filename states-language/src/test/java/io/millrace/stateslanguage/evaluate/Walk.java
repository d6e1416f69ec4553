package io.millrace.stateslanguage.evaluate;

import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import io.millrace.stateslanguage.model.StateMachineDefinition;
import io.millrace.stateslanguage.model.Transition;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Walks through a definition without time or queues, as an engine would with its evaluator. */
final class Walk {

    /** Does the work of Task states. */
    interface Functions {
        JsonNode call(State.Task task, JsonNode input) throws TaskFailure;
    }

    /** The error of a function. */
    static final class TaskFailure extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient StateError error;

        TaskFailure(String error, String cause) {
            super(error + ": " + cause);
            this.error = StateError.of(error, cause);
        }
    }

    /** How a graph ended. */
    sealed interface End {
        record Succeeded(JsonNode output) implements End {}

        record Failed(StateError error) implements End {}
    }

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final StateEvaluator evaluator;
    private final Functions functions;
    private final ObjectNode context;
    private final List<String> path = new ArrayList<>();

    Walk(Environment environment, Functions functions, ObjectNode context) {
        this.evaluator = new StateEvaluator(environment);
        this.functions = functions;
        this.context = context;
    }

    /** The names of the states that were entered, in order. */
    List<String> path() {
        return path;
    }

    End run(StateMachineDefinition definition, JsonNode input) {
        return run(definition.graph(), input, context, new HashMap<>());
    }

    private End run(
            StateGraph graph, JsonNode input, ObjectNode outer, Map<String, JsonNode> variables) {
        var name = graph.startAt();
        var data = input;
        while (true) {
            path.add(name);
            var state = graph.state(name);
            var here = outer.deepCopy();
            here.withObjectProperty("State").put("Name", name);
            switch (step(state, data, here, variables)) {
                case Step.Next(var next, var outcome) -> {
                    variables.putAll(outcome.assigned());
                    name = next;
                    data = outcome.output();
                }
                case Step.Ended(var end) -> {
                    return end;
                }
            }
        }
    }

    private sealed interface Step {
        record Next(String state, Outcome outcome) implements Step {}

        record Ended(End end) implements Step {}
    }

    private Step step(
            State state, JsonNode data, ObjectNode here, Map<String, JsonNode> variables) {
        List<Integer> attempts = List.of();
        while (true) {
            var scope = new Scope(data, here, variables);
            StateError error;
            try {
                return attempt(state, scope, here, variables);
            } catch (EvaluationFailure e) {
                error = e.inState(state.name(), 0);
            } catch (TaskFailure e) {
                error = e.error;
            }
            switch (evaluator.retry(state, error, attempts)) {
                case Retry.Again(_, var counted) -> attempts = counted;
                case Retry.GiveUp _ -> {
                    var caught = evaluator.catchError(state, scope, error);
                    return caught.<Step>map(c -> new Step.Next(c.next(), c.outcome()))
                            .orElse(new Step.Ended(new End.Failed(error)));
                }
            }
        }
    }

    private Step attempt(State state, Scope scope, ObjectNode here, Map<String, JsonNode> variables)
            throws TaskFailure {
        return switch (state) {
            case State.Task task -> {
                var input = evaluator.enter(task, scope);
                evaluator.limits(task, scope);
                yield leave(task.then(), evaluator.exit(task, scope, functions.call(task, input)));
            }
            case State.Pass pass -> leave(pass.then(), evaluator.pass(pass, scope));
            case State.Choice choice -> {
                var chosen = evaluator.choose(choice, scope);
                yield new Step.Next(chosen.next(), chosen.outcome());
            }
            case State.Wait wait -> {
                evaluator.pause(wait, scope);
                yield leave(wait.then(), evaluator.waited(wait, scope));
            }
            case State.Succeed succeed ->
                    leave(new Transition.End(), evaluator.succeed(succeed, scope));
            case State.Fail fail -> new Step.Ended(new End.Failed(evaluator.fail(fail, scope)));
            case State.Parallel parallel -> {
                var input = evaluator.enter(parallel, scope);
                var results = NODES.arrayNode();
                for (var branch : parallel.branches()) {
                    results.add(result(run(branch, input, here, new HashMap<>(variables))));
                }
                yield leave(parallel.then(), evaluator.exit(parallel, scope, results));
            }
            case State.MapState map -> map(map, scope, here, variables);
        };
    }

    private Step map(
            State.MapState map, Scope scope, ObjectNode here, Map<String, JsonNode> variables)
            throws TaskFailure {
        var results = NODES.arrayNode();
        var items = evaluator.iterations(map, scope).items();
        evaluator.tolerance(map, scope);
        for (int i = 0; i < items.size(); i++) {
            var inner = here.deepCopy();
            var item = inner.withObjectProperty("Map").withObjectProperty("Item");
            item.put("Index", i).set("Value", items.get(i));
            var seen = new Scope(scope.input(), inner, variables);
            var input = evaluator.iterationInput(map, seen, items.get(i));
            var processor = map.iteration().processor();
            results.add(result(run(processor, input, inner, new HashMap<>(variables))));
        }
        return leave(map.then(), evaluator.exit(map, scope, results));
    }

    private static JsonNode result(End end) throws TaskFailure {
        return switch (end) {
            case End.Succeeded(var output) -> output;
            case End.Failed(var error) ->
                    throw new TaskFailure(error.error().orElse(""), error.cause().orElse(""));
        };
    }

    private static Step leave(Transition transition, Outcome outcome) {
        return switch (transition) {
            case Transition.To(var next) -> new Step.Next(next, outcome);
            case Transition.End _ -> new Step.Ended(new End.Succeeded(outcome.output()));
        };
    }
}
