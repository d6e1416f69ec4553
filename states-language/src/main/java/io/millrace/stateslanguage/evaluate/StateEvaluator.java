package io.millrace.stateslanguage.evaluate;

import io.millrace.stateslanguage.choice.ConditionEvaluator;
import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.evaluate.Inspector.Stage;
import io.millrace.stateslanguage.model.Catcher;
import io.millrace.stateslanguage.model.ChoiceRule;
import io.millrace.stateslanguage.model.DataFlow;
import io.millrace.stateslanguage.model.Distribution;
import io.millrace.stateslanguage.model.Retrier;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.WaitFor;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import io.millrace.stateslanguage.template.Template;
import io.millrace.stateslanguage.template.TemplateFiller;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evaluates states: what goes into one, what comes out of it, and where it leads. Decides only; it
 * runs and waits for nothing. Every method throws {@link EvaluationFailure} when an expression of
 * the state does not work for the data. Immutable, for any number of threads.
 */
public final class StateEvaluator {

    private final Environment environment;
    private final DataFlows flows;
    private final TemplateFiller templates;
    private final Settings settings;
    private final ConditionEvaluator conditions;
    private final Inspector inspector;

    public StateEvaluator(Environment environment) {
        this(environment, Inspector.NONE);
    }

    private StateEvaluator(Environment environment, Inspector inspector) {
        this.environment = environment;
        this.inspector = inspector;
        this.templates = new TemplateFiller(environment);
        this.flows = new DataFlows(templates, inspector);
        this.settings = new Settings(environment, templates);
        this.conditions = new ConditionEvaluator(environment);
    }

    /** The same evaluator, telling the inspector what the data looks like between the steps. */
    public StateEvaluator inspectedBy(Inspector listener) {
        return new StateEvaluator(environment, listener);
    }

    /** The state's effective input: what a task, the branches or the iterations are given. */
    public JsonNode enter(State state, Scope scope) {
        return flows.enter(state.data(), scope);
    }

    /** What the state leaves behind, given the result of its work. */
    public Outcome exit(State state, Scope scope, JsonNode result) {
        return flows.exit(state.data(), scope, result);
    }

    /** The whole of a Pass state. */
    public Outcome pass(State.Pass pass, Scope scope) {
        return switch (pass.data()) {
            case DataFlow.ByJsonPath data when pass.result().isPresent() -> {
                inspector.saw(Stage.RESULT, pass.result().get());
                yield flows.exit(data, scope, pass.result().get());
            }
            case DataFlow.ByJsonPath data -> flows.exit(data, scope, flows.enter(data, scope));
            case DataFlow.ByJsonata data -> flows.exitWithoutResult(data, scope);
        };
    }

    /** The whole of a Succeed state. */
    public Outcome succeed(State.Succeed succeed, Scope scope) {
        return flows.through(succeed.data(), scope);
    }

    /** Where a Choice state leads: to the first rule that holds, or to its default. */
    public Chosen choose(State.Choice choice, Scope scope) {
        var seen = flows.seen(choice.data(), scope);
        for (var rule : choice.rules()) {
            if (conditions.holds(rule.condition(), seen)) {
                var index = choice.rules().indexOf(rule);
                inspector.decided(new Decision.Rule(choice.name(), index));
                return new Chosen(rule.next(), flows.through(choiceFlow(choice, rule), scope));
            }
        }
        choice.otherwise().ifPresent(_ -> inspector.decided(new Decision.Default(choice.name())));
        return choice.otherwise()
                .map(next -> new Chosen(next, flows.through(choice.data(), scope)))
                .orElseThrow(() ->
                        EvaluationFailure.of(
                                ErrorNames.NO_CHOICE_MATCHED,
                                "Failed to transition out of the state. The state does not"
                                        + " match any Choice rule and has no Default"));
    }

    /** A rule's Assign and Output take the place of the state's. */
    private static DataFlow choiceFlow(State.Choice choice, ChoiceRule rule) {
        return switch (choice.data()) {
            case DataFlow.ByJsonPath data ->
                    new DataFlow.ByJsonPath(
                            data.inputPath(),
                            data.parameters(),
                            data.resultSelector(),
                            data.resultPath(),
                            data.outputPath(),
                            rule.assign());
            case DataFlow.ByJsonata data ->
                    new DataFlow.ByJsonata(data.arguments(), rule.output(), rule.assign());
        };
    }

    /** How long a Wait state waits. */
    public Pause pause(State.Wait wait, Scope scope) {
        var seen = flows.seen(wait.data(), scope);
        return switch (wait.waitFor()) {
            case WaitFor.Seconds(var value) ->
                    new Pause.For(settings.seconds("Seconds", value, seen));
            case WaitFor.Timestamp(var value) -> new Pause.Until(settings.timestamp(value, seen));
        };
    }

    /** What a Wait state leaves behind when its time has come. */
    public Outcome waited(State.Wait wait, Scope scope) {
        return flows.through(wait.data(), scope);
    }

    /** The error that a Fail state ends with. */
    public StateError fail(State.Fail fail, Scope scope) {
        return new StateError(
                fail.error().map(error -> settings.text("Error", error, scope)),
                fail.cause().map(cause -> settings.text("Cause", cause, scope)));
    }

    /** How long a task may take. */
    public Limits limits(State.Task task, Scope scope) {
        var seen = flows.seen(task.data(), scope);
        return new Limits(
                task.timeout().map(value -> settings.seconds("TimeoutSeconds", value, seen)),
                task.heartbeat().map(value -> settings.seconds("HeartbeatSeconds", value, seen)));
    }

    /** The credentials that a task gives. */
    public Optional<JsonNode> credentials(State.Task task, Scope scope) {
        var seen = flows.seen(task.data(), scope);
        return task.credentials().map(template -> templates.fill(template, seen));
    }

    /** What a Map state iterates over, and how many at once. */
    public Iterations iterations(State.MapState map, Scope scope) {
        return new Iterations(
                items(map, scope, false).valueStream().toList(), maxConcurrency(map, scope));
    }

    /**
     * What a distributed Map iterates over: an array, or an object, of which each member counts.
     */
    public JsonNode collection(State.MapState map, Scope scope) {
        return items(map, scope, true);
    }

    private JsonNode items(State.MapState map, Scope scope, boolean objects) {
        var seen = flows.seen(map.data(), scope);
        var items =
                map.iteration()
                        .items()
                        .map(source -> settings.items(source, seen, objects))
                        .orElse(seen.input());
        if (!items.isArray() && !(objects && items.isObject())) {
            var detail = "Map state input must be an array but was: " + items;
            throw map.data() instanceof DataFlow.ByJsonata
                    ? EvaluationFailure.query(detail, Optional.empty())
                    : EvaluationFailure.runtime(detail);
        }
        // JSONata has no ItemsPath (developer guide, "Understanding Map state inspection data").
        if (map.data() instanceof DataFlow.ByJsonPath) {
            inspector.saw(Stage.AFTER_ITEMS_PATH, items);
        }
        return items;
    }

    /** How many iterations of a Map state run at once; 0: as many as the engine likes. */
    public int maxConcurrency(State.MapState map, Scope scope) {
        var seen = flows.seen(map.data(), scope);
        return map.iteration()
                .maxConcurrency()
                .map(value -> settings.integer("MaxConcurrency", value, seen))
                .orElse(0);
    }

    /** How a distributed Map reads, bundles and writes. */
    public Distributed distributed(State.MapState map, Scope scope) {
        var seen = flows.seen(map.data(), scope);
        var distribution = map.iteration().distribution();
        return new Distributed(
                distribution.flatMap(Distribution::reader).map(reader -> reader(reader, seen)),
                distribution.flatMap(Distribution::batcher).map(batcher -> batches(batcher, seen)),
                distribution
                        .flatMap(Distribution::writer)
                        .map(writer ->
                                service(
                                        writer.resource().orElse(""),
                                        writer.configuration(),
                                        writer.arguments(),
                                        seen)));
    }

    private Distributed.Service reader(Distribution.ItemReader reader, Scope seen) {
        var configuration = (ObjectNode) filled(reader.configuration(), seen).deepCopy();
        reader.maxItems()
                .map(value -> settings.integer("MaxItems", value, seen))
                .ifPresent(most -> configuration.put("MaxItems", most));
        return new Distributed.Service(
                reader.resource(), configuration, filled(reader.arguments(), seen));
    }

    private Distributed.Service service(
            String resource,
            Optional<Template> configuration,
            Optional<Template> arguments,
            Scope seen) {
        return new Distributed.Service(
                resource, filled(configuration, seen), filled(arguments, seen));
    }

    private JsonNode filled(Optional<Template> template, Scope seen) {
        return template.map(present -> templates.fill(present, seen))
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private Distributed.Batches batches(Distribution.ItemBatcher batcher, Scope seen) {
        return new Distributed.Batches(
                batcher.maxItems().map(value -> settings.integer("MaxItemsPerBatch", value, seen)),
                batcher.maxInputBytes()
                        .map(value -> settings.integer("MaxInputBytesPerBatch", value, seen)),
                batcher.batchInput().map(template -> templates.fill(template, seen)));
    }

    /** How many failures a distributed Map bears. */
    public Tolerance tolerance(State.MapState map, Scope scope) {
        var seen = flows.seen(map.data(), scope);
        var iteration = map.iteration();
        return new Tolerance(
                iteration
                        .toleratedFailureCount()
                        .map(value -> settings.integer("ToleratedFailureCount", value, seen)),
                iteration
                        .toleratedFailurePercentage()
                        .map(value ->
                                settings.percentage("ToleratedFailurePercentage", value, seen)));
    }

    /**
     * The input of one iteration.
     *
     * @param scope the Map state's, with {@code Map.Item} of this iteration in its context object
     */
    public JsonNode iterationInput(State.MapState map, Scope scope, JsonNode item) {
        var seen = flows.seen(map.data(), scope);
        var input =
                map.iteration()
                        .itemSelector()
                        .map(selector -> templates.fill(selector, seen))
                        .orElse(item);
        inspector.saw(Stage.AFTER_ITEM_SELECTOR, input);
        return input;
    }

    /**
     * Whether the state runs again after an error.
     *
     * @param attempts how often each retrier was used: none at first, then what {@link Retry.Again}
     *     hands out
     */
    public Retry retry(State state, StateError error, List<Integer> attempts) {
        var index = Handling.first(state.retriers(), Retrier::errorEquals, error);
        if (index.isEmpty()) {
            return new Retry.GiveUp();
        }
        var retry = Handling.retry(state.retriers(), index.get(), attempts, environment.random());
        if (retry instanceof Retry.Again) {
            inspector.decided(new Decision.Retried(state.name(), index.get()));
        }
        return retry;
    }

    /** Where an error leads that the state does not retry; empty if it fails the graph. */
    public Optional<Chosen> catchError(State state, Scope scope, StateError error) {
        var index = catcher(state, error);
        index.ifPresent(at -> inspector.decided(new Decision.Caught(state.name(), at)));
        return index.map(state.catchers()::get)
                .map(catcher -> caught(state, catcher, scope, errorOutput(error)));
    }

    /** Which of the state's catchers is for an error. */
    public Optional<Integer> catcher(State state, StateError error) {
        return Handling.first(state.catchers(), Catcher::errorEquals, error);
    }

    private Chosen caught(State state, Catcher catcher, Scope scope, JsonNode errorOutput) {
        return switch (state.data()) {
            case DataFlow.ByJsonPath _ -> {
                var output =
                        catcher.resultPath()
                                .map(path -> path.put(scope.input(), errorOutput))
                                .orElse(scope.input());
                yield new Chosen(
                        catcher.next(),
                        new Outcome(
                                output,
                                flows.assigned(catcher.assign(), scope.withInput(errorOutput))));
            }
            case DataFlow.ByJsonata _ -> {
                var seen = scope.withErrorOutput(errorOutput);
                var output = catcher.output().map(template -> fill(template, seen));
                yield new Chosen(
                        catcher.next(),
                        new Outcome(
                                output.orElse(errorOutput),
                                flows.assigned(catcher.assign(), seen)));
            }
        };
    }

    private JsonNode fill(Template template, Scope scope) {
        return templates.fill(template, scope);
    }

    private static JsonNode errorOutput(StateError error) {
        var output = JsonNodeFactory.instance.objectNode();
        error.error().ifPresent(name -> output.put("Error", name));
        error.cause().ifPresent(cause -> output.put("Cause", cause));
        return output;
    }
}
