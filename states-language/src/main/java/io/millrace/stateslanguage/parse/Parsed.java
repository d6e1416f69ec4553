package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.StateMachineDefinition;
import java.util.List;

/** What became of a text that is meant to be a definition. */
public sealed interface Parsed {

    /** It is one. */
    record Valid(StateMachineDefinition definition) implements Parsed {}

    /** It is none; everything that is wrong with it, in the order of the document. */
    record Invalid(List<Problem> problems) implements Parsed {
        public Invalid {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("Without problems it is Valid");
            }
        }
    }

    /**
     * The definition, where it is known to be valid (tests, definitions that were stored after
     * validation).
     *
     * @throws IllegalArgumentException if it is not, with all problems
     */
    default StateMachineDefinition orThrow() {
        return switch (this) {
            case Valid(var definition) -> definition;
            case Invalid(var problems) ->
                    throw new IllegalArgumentException(
                            String.join("; ", problems.stream().map(Problem::text).toList()));
        };
    }
}
