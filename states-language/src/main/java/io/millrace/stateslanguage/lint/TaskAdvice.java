package io.millrace.stateslanguage.lint;

import io.millrace.stateslanguage.lint.Advice.Doubt;
import io.millrace.stateslanguage.lint.TaskResources.Found;
import io.millrace.stateslanguage.lint.TaskResources.Parameters;
import io.millrace.stateslanguage.model.DataFlow;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What of a Task's resource and parameters makes it fail each time it runs. Step Functions looks at
 * parameters when the task runs, not when the definition is created.
 */
final class TaskAdvice {

    private final TaskResources resources;

    TaskAdvice(TaskResources resources) {
        this.resources = resources;
    }

    List<Doubt> on(String path, State.Task task) {
        return switch (resources.find(task.resource())) {
            case Found.Runs(var parameters) ->
                    parameters.map(known -> parameters(path, task, known)).orElse(List.of());
            case Found.Elsewhere(var instead) ->
                    List.of(
                            new Doubt(
                                    "NOT_HERE",
                                    path + "/Resource",
                                    "Step Functions has %s; here it cannot be called, and CreateStateMachine refuses it. Tasks call %s"
                                            .formatted(task.resource(), instead)));
            case Found.Nowhere(var meant) ->
                    meant
                            .map(like ->
                                    new Doubt(
                                            "DID_YOU_MEAN", path + "/Resource", "There is " + like))
                            .stream()
                            .toList();
        };
    }

    private static List<Doubt> parameters(String path, State.Task task, Parameters known) {
        return switch (task.data()) {
            case DataFlow.ByJsonPath data ->
                    parameters(path + "/Parameters", data.parameters(), known);
            case DataFlow.ByJsonata data ->
                    parameters(path + "/Arguments", data.arguments(), known);
        };
    }

    /** Without a template the parameters are the state's input, which nobody knows yet. */
    private static List<Doubt> parameters(
            String path, Optional<Template> template, Parameters known) {
        return template.flatMap(TaskAdvice::members)
                .map(members -> compare(path, members, known))
                .orElse(List.of());
    }

    private static List<Doubt> compare(String path, Map<String, String> members, Parameters known) {
        var doubts = new ArrayList<Doubt>();
        members.forEach((name, field) -> {
            if (!known.taken().contains(name)) {
                doubts.add(
                        new Doubt(
                                "UNSUPPORTED_PARAMETER",
                                path + "/" + field,
                                "The field \"%s\" is not supported by Step Functions%s; the task fails with States.Runtime"
                                        .formatted(name, otherCase(name, known))));
            }
        });
        known.required().stream()
                .filter(Predicate.not(members::containsKey))
                .sorted()
                .map(name ->
                        new Doubt(
                                "MISSING_PARAMETER",
                                path,
                                "The field '%s' is required but was missing; the task fails with States.Runtime"
                                        .formatted(name)))
                .forEach(doubts::add);
        return doubts;
    }

    private static String otherCase(String name, Parameters known) {
        return known.taken().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(", \"%s\" is"::formatted)
                .orElse("");
    }

    /** The names of an object's members, and of the fields that hold them; empty if it is none. */
    private static Optional<Map<String, String>> members(Template template) {
        var members = new LinkedHashMap<String, String>();
        return switch (template) {
            case Template.Constant(var value) when value.isObject() -> {
                value.propertyNames().forEach(name -> members.put(name, name));
                yield Optional.of(members);
            }
            case Template.ObjectOf(var parts) -> {
                parts.forEach(part ->
                        members.put(
                                part.name(),
                                part.value() instanceof Template.Evaluated(var field, _)
                                        ? field
                                        : part.name()));
                yield Optional.of(members);
            }
            case Template.Constant _, Template.ArrayOf _ -> Optional.empty();
            case Template.Evaluated _, Template.Computed _ -> Optional.empty();
        };
    }
}
