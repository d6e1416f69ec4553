package io.millrace.errorhandler.failure;

import io.millrace.events.TraceParent;
import java.util.Optional;

/**
 * What a failure is about.
 *
 * @param id the same each time the same thing fails, so that a record that comes twice is
 *     recognised
 * @param eventId the id of the event that failed, if it had one
 * @param place where it was, for a message that does not tell its queue
 * @param executionArn the execution it belongs to
 * @param state the state it belongs to
 * @param trace the trace it belongs to
 */
public record Subject(
        String id,
        Optional<String> eventId,
        String place,
        Optional<String> executionArn,
        Optional<String> state,
        Optional<TraceParent> trace) {}
