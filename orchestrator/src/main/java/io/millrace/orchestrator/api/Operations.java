package io.millrace.orchestrator.api;

import java.util.Map;

/** The operations of the API, by name. */
record Operations(Map<String, Operation> byName) {
    Operations {
        byName = Map.copyOf(byName);
    }
}
