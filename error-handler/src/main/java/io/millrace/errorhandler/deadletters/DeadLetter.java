package io.millrace.errorhandler.deadletters;

import io.millrace.errorhandler.groups.Alike;
import io.millrace.events.Event;
import io.millrace.events.FailureRecord;
import java.util.Optional;

/**
 * A message of the dead-letter queue.
 *
 * @param messageId the id that SQS gave it
 * @param receipt what it is released or deleted with
 * @param body the message itself
 * @param record the failure it tells of; none if somebody put something else there
 */
public record DeadLetter(
        String messageId, String receipt, String body, Optional<Event<FailureRecord>> record) {

    private static final String PREFIX = "failure/";

    /** What people call it: the record's id without its prefix, else the message's. */
    public String id() {
        return record.map(event -> event.id().replaceFirst("^" + PREFIX, "")).orElse(messageId);
    }

    /** What failed alike: where, at which state, with which error. */
    public String group() {
        return alike().map(Alike::toString).orElse("not a failure record");
    }

    /** What it has in common with others of its group. */
    public Optional<Alike> alike() {
        return record.map(Event::data).map(Alike::of);
    }
}
