package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.TaskResource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A call that a task wants made.
 *
 * @param trace a W3C traceparent to hand on
 * @param caller the execution that wants it; none for a state that is tested by itself
 */
record TaskCall(
        TaskResource resource,
        JsonNode parameters,
        Optional<String> trace,
        Optional<Caller> caller) {

    /** The execution that wants a call, and the effect by which it decided to. */
    record Caller(Head head, Effect.Call effect) {}
}
