package io.millrace.stateslanguage.lint;

import java.util.Optional;
import java.util.Set;

/** Tells what a Task's resource is; the language itself knows no service. */
@FunctionalInterface
public interface TaskResources {

    /** Takes every resource, with any parameters. */
    TaskResources ANY = _ -> new Found.Runs(Optional.empty());

    Found find(String resource);

    /** What a resource is. */
    sealed interface Found {

        /**
         * It can be called here.
         *
         * @param parameters empty if they can be anything
         */
        record Runs(Optional<Parameters> parameters) implements Found {}

        /**
         * Step Functions has it, and it cannot be called here.
         *
         * @param instead what can be called
         */
        record Elsewhere(String instead) implements Found {}

        /**
         * Neither has it.
         *
         * @param meant what is written much like it
         */
        record Nowhere(Optional<String> meant) implements Found {}
    }

    /** The names of the parameters that a resource takes. */
    record Parameters(Set<String> taken, Set<String> required) {
        public Parameters {
            taken = Set.copyOf(taken);
            required = Set.copyOf(required);
            if (!taken.containsAll(required)) {
                throw new IllegalArgumentException(
                        "Of %s some are not taken: %s".formatted(required, taken));
            }
        }
    }
}
