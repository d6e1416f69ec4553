package io.millrace.orchestrator.teststate;

import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.teststate.Tested.Status;
import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.evaluate.Chosen;
import io.millrace.stateslanguage.evaluate.Inspector.Stage;
import io.millrace.stateslanguage.evaluate.Outcome;
import io.millrace.stateslanguage.evaluate.Retry;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.model.QueryLanguage;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.Transition;
import io.millrace.stateslanguage.scope.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Evaluates one state as an execution would, between its entering and its exit. */
public final class StateTester {

    /** ExecutionStarted has the id 1: the state's entering is the second event. */
    private static final long ENTERED = 2;

    private final StateEvaluator evaluator;
    private final BiFunction<String, JsonNode, TaskOutcome> calls;

    /**
     * @param calls does a task: its resource and what it is given
     */
    public StateTester(StateEvaluator evaluator, BiFunction<String, JsonNode, TaskOutcome> calls) {
        this.evaluator = evaluator;
        this.calls = calls;
    }

    public Tested test(StateTest test) {
        return new Run(test).run();
    }

    /** A state's work has failed. */
    private static final class WorkFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final StateError reason;

        private WorkFailed(StateError reason) {
            super(reason.toString(), null, false, false);
            this.reason = reason;
        }
    }

    /** One test. */
    private final class Run {

        private final StateTest test;
        private final State state;
        private final Scope scope;
        private final Map<String, JsonNode> seen = new LinkedHashMap<>();
        private final StateEvaluator inspected;

        private Run(StateTest test) {
            this.test = test;
            this.state = test.state();
            this.scope = test.scope();
            this.inspected = evaluator.inspectedBy(this::saw);
            seen.put("input", scope.input());
        }

        private void saw(Stage stage, JsonNode value) {
            seen.put(stage.text(), value);
        }

        private Tested run() {
            try {
                return perform();
            } catch (EvaluationFailure e) {
                return handle(e.inState(state.name(), ENTERED));
            } catch (WorkFailed e) {
                return handle(e.reason);
            }
        }

        private Tested perform() {
            return switch (state) {
                case State.Pass pass -> left(inspected.pass(pass, scope), pass.then());
                case State.Choice choice -> left(inspected.choose(choice, scope));
                case State.Succeed succeed ->
                        left(inspected.succeed(succeed, scope), new Transition.End());
                case State.Fail fail -> {
                    saw(Stage.AFTER_INPUT_PATH, scope.input());
                    yield failed(inspected.fail(fail, scope));
                }
                case State.Wait wait -> {
                    // The pause is computed, so that what is wrong with it shows, and not waited
                    // for.
                    inspected.pause(wait, scope);
                    yield left(inspected.waited(wait, scope), wait.then());
                }
                case State.Task task -> {
                    var parameters = inspected.enter(task, scope);
                    inspected.limits(task, scope);
                    var result = work(task, parameters);
                    saw(Stage.RESULT, result);
                    yield left(inspected.exit(task, scope, result), task.then());
                }
                case State.Parallel parallel -> {
                    evaluator.enter(parallel, scope);
                    yield left(inspected.exit(parallel, scope, mocked()), parallel.then());
                }
                case State.MapState map -> {
                    iterate(map);
                    yield left(inspected.exit(map, scope, mocked()), map.then());
                }
            };
        }

        private JsonNode work(State.Task task, JsonNode parameters) {
            if (test.mock().isPresent()) {
                return mocked();
            }
            return switch (calls.apply(task.resource(), parameters)) {
                case TaskOutcome.Done(var output) -> output.node();
                case TaskOutcome.Failed(var reason) -> throw new WorkFailed(reason);
            };
        }

        private JsonNode mocked() {
            return switch (test.mock().orElseThrow()) {
                case Mock.Result(var value) -> value;
                case Mock.Failure(var reason) -> throw new WorkFailed(reason);
            };
        }

        private void iterate(State.MapState map) {
            afterInputPath(map);
            var given = items(map);
            if (map.iteration().maxConcurrency().isPresent()) {
                number("maxConcurrency", evaluator.maxConcurrency(map, scope));
            }
            var tolerance = evaluator.tolerance(map, scope);
            tolerance.count().ifPresent(count -> number("toleratedFailureCount", count));
            tolerance
                    .percentage()
                    .ifPresent(percentage ->
                            seen.put(
                                    "toleratedFailurePercentage",
                                    JsonNodeFactory.instance.numberNode(percentage)));
            selectAndBatch(map, given);
            if (test.failedIterations().isPresent()
                    && tolerance.isExceeded(test.failedIterations().getAsInt(), given.size())) {
                throw new WorkFailed(
                        StateError.of(
                                ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                                "The specified tolerated failure threshold was exceeded"));
            }
        }

        /** What InputPath leaves is shown; a Map state has no Parameters but those of its items. */
        private void afterInputPath(State.MapState map) {
            if (map.queryLanguage() == QueryLanguage.JSON_PATH) {
                evaluator
                        .inspectedBy((stage, value) -> {
                            if (stage == Stage.AFTER_INPUT_PATH) {
                                saw(stage, value);
                            }
                        })
                        .enter(map, scope);
            }
        }

        private List<MapItem> items(State.MapState map) {
            var items = new ArrayList<MapItem>();
            MapItem.in(test.readItems().map(read -> read(map, read)).orElseGet(() -> given(map)))
                    .forEachRemaining(items::add);
            return items;
        }

        private JsonNode read(State.MapState map, UnaryOperator<JsonNode> reads) {
            var reader = evaluator.distributed(map, scope).reader().orElseThrow();
            var items = reads.apply(reader.configuration());
            if (reader.configuration().has("ItemsPointer")) {
                seen.put("afterItemsPointer", items);
            }
            return items;
        }

        private JsonNode given(State.MapState map) {
            return map.iteration().distribution().isPresent()
                    ? inspected.collection(map, scope)
                    : JsonNodeFactory.instance
                            .arrayNode()
                            .addAll(inspected.iterations(map, scope).items());
        }

        private void selectAndBatch(State.MapState map, List<MapItem> items) {
            if (items.isEmpty()) {
                return;
            }
            var selected = new ItemFlow(evaluator, map, scope).selected(items);
            if (map.iteration().itemSelector().isPresent()) {
                saw(Stage.AFTER_ITEM_SELECTOR, selected);
            }
            evaluator
                    .distributed(map, scope)
                    .batches()
                    .ifPresent(batches ->
                            seen.put(
                                    "afterItemBatcher",
                                    ItemFlow.batched(items, selected, batches)));
        }

        private void number(String name, int value) {
            seen.put(name, JsonNodeFactory.instance.numberNode(value));
        }

        // ---- how it ends

        private Tested handle(StateError reason) {
            var attempts = Collections.nCopies(state.retriers().size(), test.retries());
            return switch (evaluator.retry(state, reason, attempts)) {
                case Retry.Again(var delay, var after) -> {
                    var details = errorDetails();
                    details.put("retryIndex", difference(attempts, after));
                    details.put("retryBackoffIntervalSeconds", delay.toSeconds());
                    yield ended(
                            Status.RETRIABLE,
                            Optional.empty(),
                            Optional.of(reason),
                            Optional.empty(),
                            Map.of());
                }
                case Retry.GiveUp _ -> caught(reason);
            };
        }

        private static int difference(List<Integer> before, List<Integer> after) {
            var index = 0;
            while (before.get(index).equals(after.get(index))) {
                index++;
            }
            return index;
        }

        private Tested caught(StateError reason) {
            Optional<Chosen> way;
            try {
                way = evaluator.catchError(state, scope, reason);
            } catch (EvaluationFailure e) {
                return failed(e.inState(state.name(), ENTERED));
            }
            if (way.isEmpty()) {
                return failed(reason);
            }
            errorDetails().put("catchIndex", evaluator.catcher(state, reason).orElseThrow());
            return ended(
                    Status.CAUGHT_ERROR,
                    Optional.of(way.get().outcome().output()),
                    Optional.of(reason),
                    Optional.of(way.get().next()),
                    way.get().outcome().assigned());
        }

        private ObjectNode errorDetails() {
            var details = JsonNodeFactory.instance.objectNode();
            seen.put("errorDetails", details);
            return details;
        }

        private Tested failed(StateError reason) {
            return ended(
                    Status.FAILED,
                    Optional.empty(),
                    Optional.of(reason),
                    Optional.empty(),
                    Map.of());
        }

        private Tested left(Chosen chosen) {
            return left(chosen.outcome(), new Transition.To(chosen.next()));
        }

        private Tested left(Outcome outcome, Transition then) {
            var next =
                    switch (then) {
                        case Transition.To(var target) -> Optional.of(target);
                        case Transition.End _ -> Optional.<String>empty();
                    };
            return ended(
                    Status.SUCCEEDED,
                    Optional.of(outcome.output()),
                    Optional.empty(),
                    next,
                    outcome.assigned());
        }

        private Tested ended(
                Status status,
                Optional<JsonNode> output,
                Optional<StateError> error,
                Optional<String> next,
                Map<String, JsonNode> assigned) {
            var variables = new LinkedHashMap<>(scope.variables());
            variables.putAll(assigned);
            return new Tested(status, output, error, next, seen, variables);
        }
    }
}
