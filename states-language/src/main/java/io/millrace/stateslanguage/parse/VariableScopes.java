package io.millrace.stateslanguage.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Checks that no state assigns a variable of an outer scope (ASL, "Variable Scope"). Looks at the
 * raw document, so that states with other problems count too.
 */
final class VariableScopes {

    private static final String ASSIGN = "Assign";

    private record Assigned(String name, String location) {}

    private final Problems problems;

    private VariableScopes(Problems problems) {
        this.problems = problems;
    }

    static void check(Fields machine) {
        new VariableScopes(machine.problems()).check(machine.object(), "", Set.of());
    }

    private void check(JsonNode graph, String location, Set<String> outer) {
        var states = graph.path("States");
        var names = new HashSet<>(outer);
        for (var state : states.properties()) {
            for (var assigned : assigned(state.getValue(), at(location, state.getKey()))) {
                if (outer.contains(assigned.name())) {
                    problems.schema(
                            assigned.location(),
                            "Variable '%s' is assigned in an outer scope already"
                                    .formatted(assigned.name()));
                }
                names.add(assigned.name());
            }
        }
        for (var state : states.properties()) {
            checkWithin(state.getValue(), at(location, state.getKey()), names);
        }
    }

    private static String at(String location, String state) {
        return location + "/States/" + state;
    }

    private void checkWithin(JsonNode state, String location, Set<String> names) {
        var branches = state.path("Branches");
        for (int i = 0; i < branches.size() && branches.isArray(); i++) {
            check(branches.get(i), "%s/Branches[%d]".formatted(location, i), names);
        }
        for (var processor : List.of("ItemProcessor", "Iterator")) {
            check(state.path(processor), location + "/" + processor, names);
        }
    }

    /** What a state, its rules and its catchers assign. */
    private static List<Assigned> assigned(JsonNode state, String location) {
        var assigned = new ArrayList<>(variables(state, location));
        for (var list : List.of("Choices", "Catch")) {
            var elements = state.path(list);
            for (int i = 0; i < elements.size() && elements.isArray(); i++) {
                assigned.addAll(
                        variables(elements.get(i), "%s/%s[%d]".formatted(location, list, i)));
            }
        }
        return assigned;
    }

    private static List<Assigned> variables(JsonNode holder, String location) {
        return holder.path(ASSIGN).propertyNames().stream()
                .map(field ->
                        new Assigned(
                                field.endsWith(".$")
                                        ? field.substring(0, field.length() - 2)
                                        : field,
                                "%s/%s/%s".formatted(location, ASSIGN, field)))
                .toList();
    }
}
