package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.integration.UnsuitableParameters.Problems;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The names of the parameters that a task takes.
 *
 * @param taken all of them, those required too
 */
record Fields(Set<String> taken, Set<String> required) {

    Fields {
        taken = Set.copyOf(taken);
        required = Set.copyOf(required);
    }

    /** Those that have to be there, and those that may. */
    static Fields of(Set<String> required, String... others) {
        var taken = new HashSet<>(required);
        taken.addAll(Set.of(others));
        return new Fields(taken, required);
    }

    /**
     * @throws UnsuitableParameters if a task was given others, or too few
     */
    void check(JsonNode parameters) {
        problems(parameters).throwIfAny(JsonMapper.shared().writeValueAsString(parameters));
    }

    Problems problems(JsonNode parameters) {
        var problems = new Problems();
        parameters.propertyNames().stream()
                .filter(Predicate.not(taken::contains))
                .forEach(problems::unsupported);
        required.stream()
                .sorted()
                .filter(Predicate.not(parameters::has))
                .forEach(problems::missing);
        return problems;
    }
}
