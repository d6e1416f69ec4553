package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A service that Task states can call. */
interface Integration {

    boolean handles(TaskResource resource);

    /**
     * Calls the service and waits for its answer; what the service refuses is an outcome.
     *
     * @param trace a W3C traceparent to hand on
     */
    TaskOutcome call(TaskResource resource, JsonNode parameters, Optional<String> trace);
}
