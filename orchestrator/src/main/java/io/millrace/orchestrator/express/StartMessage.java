package io.millrace.orchestrator.express;

import io.millrace.orchestrator.workflow.Logging;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An execution that is to run, as its queue keeps it: as its state machine was when it was started.
 *
 * @param run what tells it from others of its name
 */
record StartMessage(
        String stateMachine,
        String name,
        String run,
        String revision,
        String roleArn,
        JsonNode input,
        Optional<String> trace,
        Logging logging) {}
