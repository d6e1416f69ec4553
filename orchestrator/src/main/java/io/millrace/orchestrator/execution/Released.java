package io.millrace.orchestrator.execution;

import java.util.Optional;

/**
 * The version of its state machine that an execution is associated with.
 *
 * @param alias that led to the version, if it was started by one
 */
public record Released(int version, Optional<String> alias) {}
