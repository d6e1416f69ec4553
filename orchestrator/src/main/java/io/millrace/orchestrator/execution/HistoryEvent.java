package io.millrace.orchestrator.execution;

import java.time.Instant;

/**
 * Something that happened in an execution, as GetExecutionHistory tells it.
 *
 * @param previous the id of the event that led to it; 0 for none
 */
public record HistoryEvent(
        long id, long previous, Instant time, EventType type, EventDetails details) {}
