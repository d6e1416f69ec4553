package io.millrace.orchestrator.api;

import java.util.Map;

/** The operations of the API, by name. */
record Operations(Map<String, Operation> byName) {
    private static final String SERVICE = "AWSStepFunctions.";

    Operations {
        byName = Map.copyOf(byName);
    }

    /**
     * The one that a request is for.
     *
     * @param target the header {@code X-Amz-Target}
     * @throws ApiError if there is none
     */
    Operation target(String target) {
        var operation =
                target.startsWith(SERVICE) ? byName.get(target.substring(SERVICE.length())) : null;
        if (operation == null) {
            throw ApiError.unknownOperation(target);
        }
        return operation;
    }
}
