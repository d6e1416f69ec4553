package io.millrace.stateslanguage.evaluate;

import io.millrace.stateslanguage.evaluate.Inspector.Stage;
import io.millrace.stateslanguage.model.DataFlow;
import io.millrace.stateslanguage.path.Path;
import io.millrace.stateslanguage.scope.Scope;
import io.millrace.stateslanguage.template.Template;
import io.millrace.stateslanguage.template.TemplateFiller;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Takes data into states and out of them, step by step, in either query language. */
final class DataFlows {

    private final TemplateFiller templates;
    private final Inspector inspector;

    DataFlows(TemplateFiller templates, Inspector inspector) {
        this.templates = templates;
        this.inspector = inspector;
    }

    /** What the expressions of a state see: in JSONPath, {@code $} is the input after InputPath. */
    Scope seen(DataFlow flow, Scope scope) {
        return switch (flow) {
            case DataFlow.ByJsonPath data -> scope.withInput(select(data.inputPath(), scope));
            case DataFlow.ByJsonata _ -> scope;
        };
    }

    JsonNode enter(DataFlow flow, Scope scope) {
        return switch (flow) {
            case DataFlow.ByJsonPath data -> {
                var seen = afterInputPath(data, scope);
                var effective =
                        data.parameters()
                                .map(template -> templates.fill(template, seen))
                                .orElse(seen.input());
                inspector.saw(Stage.AFTER_PARAMETERS, effective);
                yield effective;
            }
            case DataFlow.ByJsonata data -> {
                var effective =
                        data.arguments()
                                .map(template -> templates.fill(template, scope))
                                .orElse(scope.input());
                data.arguments().ifPresent(_ -> inspector.saw(Stage.AFTER_ARGUMENTS, effective));
                yield effective;
            }
        };
    }

    Outcome exit(DataFlow flow, Scope scope, JsonNode result) {
        return switch (flow) {
            case DataFlow.ByJsonPath data -> exit(data, scope, result);
            case DataFlow.ByJsonata data -> {
                var seen = scope.withResult(result);
                yield new Outcome(output(data, seen).orElse(result), assigned(data.assign(), seen));
            }
        };
    }

    private Outcome exit(DataFlow.ByJsonPath data, Scope scope, JsonNode result) {
        var ofResult = scope.withInput(result);
        var selected =
                data.resultSelector()
                        .map(template -> templates.fill(template, ofResult))
                        .orElse(result);
        inspector.saw(Stage.AFTER_RESULT_SELECTOR, selected);
        // The raw input, not what InputPath left of it (ASL, "ResultPath").
        var merged =
                data.resultPath()
                        .map(path -> path.put(scope.input(), selected))
                        .orElse(scope.input());
        inspector.saw(Stage.AFTER_RESULT_PATH, merged);
        var output = select(data.outputPath(), scope.withInput(merged));
        return new Outcome(output, assigned(data.assign(), ofResult));
    }

    /** JSONata states that do no work: their Output sees no result. */
    Outcome exitWithoutResult(DataFlow.ByJsonata data, Scope scope) {
        return new Outcome(
                output(data, scope).orElse(scope.input()), assigned(data.assign(), scope));
    }

    /** States that pass their input on: in JSONPath, through InputPath and OutputPath. */
    Outcome through(DataFlow flow, Scope scope) {
        return switch (flow) {
            case DataFlow.ByJsonPath data -> {
                var seen = afterInputPath(data, scope);
                yield new Outcome(select(data.outputPath(), seen), assigned(data.assign(), seen));
            }
            case DataFlow.ByJsonata data -> exitWithoutResult(data, scope);
        };
    }

    /** The variables that a template sets; it is an object, by its validation. */
    Map<String, JsonNode> assigned(Optional<Template> assign, Scope scope) {
        var assigned = new LinkedHashMap<String, JsonNode>();
        assign.ifPresent(template ->
                templates
                        .fill(template, scope)
                        .properties()
                        .forEach(e -> assigned.put(e.getKey(), e.getValue())));
        return assigned;
    }

    private Optional<JsonNode> output(DataFlow.ByJsonata data, Scope scope) {
        return data.output().map(template -> templates.fill(template, scope));
    }

    private Scope afterInputPath(DataFlow.ByJsonPath data, Scope scope) {
        var seen = scope.withInput(select(data.inputPath(), scope));
        inspector.saw(Stage.AFTER_INPUT_PATH, seen.input());
        return seen;
    }

    /** No path is null in the definition: an empty object. */
    private static JsonNode select(Optional<Path> path, Scope scope) {
        return path.map(given -> given.read(scope)).orElseGet(JsonNodeFactory.instance::objectNode);
    }
}
