package io.millrace.orchestrator.teststate;

import io.millrace.stateslanguage.error.StateError;
import tools.jackson.databind.JsonNode;

/** What takes the place of a state's work. */
public sealed interface Mock {

    record Result(JsonNode value) implements Mock {}

    record Failure(StateError reason) implements Mock {}
}
