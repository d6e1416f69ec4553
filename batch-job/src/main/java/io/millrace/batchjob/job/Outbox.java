package io.millrace.batchjob.job;

import io.millrace.events.BatchCompleted;
import io.millrace.events.Event;
import io.millrace.events.InvalidEvent;
import io.millrace.events.WorkItem;
import java.util.List;

/** What a batch sends. Each call returns when everything in it has been accepted for good. */
public interface Outbox {

    /** Asks for work on lines. */
    void items(List<Event<WorkItem>> items);

    /** Hands lines that are none to whoever deals with failures. */
    void malformed(List<Failure> failures);

    /** Tells everybody that a batch is complete. */
    void completed(Event<BatchCompleted> event);

    /** Hands over an object that cannot be read. */
    void unreadable(Unreadable unreadable);

    /** Hands over a message that is no event. */
    void invalid(Invalid message);

    /**
     * A malformed line.
     *
     * @param event the line, whole, as an item that is text
     * @param origin the object
     * @param reason what is wrong with which line
     */
    record Failure(Event<WorkItem> event, String origin, String reason) {}

    /**
     * An object that cannot be read.
     *
     * @param job the job, or when it should have started
     */
    record Unreadable(String job, String bucket, String key, String reason) {}

    /**
     * A message that is no event.
     *
     * @param queue where it came from
     * @param body the message, whole
     */
    record Invalid(String queue, String body, InvalidEvent reason) {}
}
