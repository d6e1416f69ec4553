package io.millrace.orchestrator.execution;

import io.millrace.stateslanguage.error.StateError;
import java.util.Optional;

/**
 * Why an execution did not succeed.
 *
 * @param state where the error came from, if from a state
 * @param attempts how often that state was tried
 */
public record Failure(StateError reason, Optional<String> state, int attempts) {}
