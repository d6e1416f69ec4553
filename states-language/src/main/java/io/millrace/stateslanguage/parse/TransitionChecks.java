package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.parse.Problem.Code;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks where the states of one graph lead: to states that exist, from the start to every state,
 * and to an end. Looks at the raw document, so that states with other problems count too.
 */
final class TransitionChecks {

    private record Target(String name, String location) {}

    private final Fields states;
    private final Problems problems;

    private TransitionChecks(Fields states) {
        this.states = states;
        this.problems = states.problems();
    }

    static void check(Fields graph, Fields states, Optional<String> startAt) {
        var checks = new TransitionChecks(states);
        startAt.ifPresent(start -> checks.checkTarget(new Target(start, graph.at("StartAt"))));
        states.object()
                .properties()
                .forEach(state ->
                        checks.targets(state.getKey(), state.getValue())
                                .forEach(checks::checkTarget));
        if (states.object().isEmpty()) {
            return;
        }
        if (states.object().valueStream().noneMatch(TransitionChecks::isTerminal)) {
            checks.noEnd(graph);
        } else if (startAt.filter(states::has).isPresent()) {
            checks.checkReachable(startAt.get());
        }
    }

    private void checkTarget(Target target) {
        if (!states.has(target.name())) {
            // Step Functions says Next for StartAt and Default too.
            problems.add(
                    Code.MISSING_TRANSITION_TARGET,
                    target.location(),
                    "Missing 'Next' target: " + target.name());
        }
    }

    private void noEnd(Fields graph) {
        var message = "Workflow has no terminal state";
        if (graph.location().equals("/")) {
            problems.wholeWorkflow(Code.MISSING_END_STATE, message);
        } else {
            problems.add(Code.MISSING_END_STATE, graph.location(), message);
        }
    }

    private static boolean isTerminal(JsonNode state) {
        return state.path("End").asBoolean(false)
                || state.path("Type").asString("").equals("Succeed")
                || state.path("Type").asString("").equals("Fail");
    }

    private void checkReachable(String startAt) {
        Set<String> reached = new HashSet<>();
        var next = new ArrayDeque<>(List.of(startAt));
        while (!next.isEmpty()) {
            var name = next.pop();
            if (states.has(name) && reached.add(name)) {
                targets(name, states.object().get(name)).forEach(t -> next.add(t.name()));
            }
        }
        for (var name : states.object().propertyNames()) {
            if (!reached.contains(name)) {
                problems.add(
                        Code.MISSING_TRANSITION_TARGET,
                        states.at(name),
                        "State \"%s\" is not reachable.".formatted(name));
            }
        }
    }

    private List<Target> targets(String name, JsonNode state) {
        var targets = new ArrayList<Target>();
        var location = states.at(name);
        addTarget(targets, state, "Next", location);
        addTarget(targets, state, "Default", location);
        for (var list : List.of("Choices", "Catch")) {
            var elements = state.path(list);
            for (int i = 0; i < elements.size() && elements.isArray(); i++) {
                addTarget(
                        targets, elements.get(i), "Next", "%s/%s[%d]".formatted(location, list, i));
            }
        }
        return targets;
    }

    private static void addTarget(
            List<Target> targets, JsonNode from, String field, String location) {
        if (from instanceof ObjectNode object && object.path(field).isString()) {
            targets.add(new Target(object.path(field).stringValue(), location + "/" + field));
        }
    }
}
