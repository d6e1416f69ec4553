package io.millrace.events;

import java.util.Collection;
import java.util.TreeSet;

/** A message that is not the event it should be: trying it again changes nothing. */
public final class InvalidEvent extends RuntimeException {

    private InvalidEvent(String message) {
        super(message);
    }

    private InvalidEvent(String message, Throwable cause) {
        super(message, cause);
    }

    static InvalidEvent notCloudEvents(Throwable cause) {
        return new InvalidEvent(
                "not a CloudEvents 1.0 document in structured JSON mode: " + cause.getMessage(),
                cause);
    }

    static InvalidEvent unknownType(String type, Collection<String> known) {
        return new InvalidEvent(
                "unknown event type %s; known are %s".formatted(type, new TreeSet<>(known)));
    }

    static InvalidEvent wrongType(String type, String wanted) {
        return new InvalidEvent(
                "an event of type %s came where %s belongs".formatted(type, wanted));
    }

    static InvalidEvent noData(String type, String id) {
        return new InvalidEvent("event %s of type %s has no data".formatted(id, type));
    }

    static InvalidEvent badData(String type, String id, Throwable cause) {
        return new InvalidEvent(
                "event %s of type %s has data that does not fit: %s"
                        .formatted(id, type, cause.getMessage()),
                cause);
    }
}
