package io.millrace.orchestrator.integration;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task's parameters are not those of what it calls. */
final class UnsuitableParameters extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsuitableParameters(String message) {
        super(message, null, false, false);
    }

    /** What is wrong with parameters, all of it. */
    static final class Problems {
        private final List<String> found = new ArrayList<>();

        @Nullable Object unsupported(String field) {
            found.add("The field \"%s\" is not supported by Step Functions".formatted(field));
            return null;
        }

        void missing(String field) {
            found.add("The field '%s' is required but was missing".formatted(field));
        }

        @Nullable Object mustBe(String field, String what) {
            found.add("The value for the field '%s' must be %s".formatted(field, what));
            return null;
        }

        /**
         * @param parameters all of them, as text
         */
        void throwIfAny(String parameters) {
            if (!found.isEmpty()) {
                throw new UnsuitableParameters(
                        "The Parameters '%s' could not be used to start the Task: [%s]"
                                .formatted(parameters, String.join(", ", found)));
            }
        }
    }
}
