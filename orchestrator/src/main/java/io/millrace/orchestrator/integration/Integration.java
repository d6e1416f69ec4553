package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;

/** A service that Task states can call. */
interface Integration {

    boolean handles(TaskResource resource);

    /** Calls the service and waits for its answer; what the service refuses is an outcome. */
    TaskOutcome call(TaskCall call);
}
