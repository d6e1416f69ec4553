package io.millrace.events;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A message between two stages: the context attributes of CloudEvents 1.0 and its typed data.
 *
 * @param id the same each time the event is sent; with {@code source} it makes the event unique
 * @param source which stage says it, such as {@code /millrace/image-processor}
 * @param subject what it is about, such as an object's key
 * @param time when it happened
 * @param trace the W3C trace it belongs to
 * @param data what it says
 */
public record Event<D extends EventData>(
        String id,
        URI source,
        Optional<String> subject,
        Instant time,
        Optional<TraceParent> trace,
        D data) {

    public Event {
        if (id.isBlank()) {
            throw new IllegalArgumentException(
                    "an event needs an id that is the same each time it is sent: see EventIds");
        }
    }

    /** An event that is about nothing but its data and belongs to no trace yet. */
    public static <D extends EventData> Event<D> of(String id, URI source, Instant time, D data) {
        return new Event<>(id, source, Optional.empty(), time, Optional.empty(), data);
    }

    /** The CloudEvents {@code type}. */
    public String type() {
        return EventTypes.of(data.getClass());
    }

    public Event<D> withSubject(String about) {
        return new Event<>(id, source, Optional.of(about), time, trace, data);
    }

    public Event<D> withTrace(Optional<TraceParent> of) {
        return new Event<>(id, source, subject, time, of, data);
    }
}
