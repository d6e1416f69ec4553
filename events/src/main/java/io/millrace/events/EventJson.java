package io.millrace.events;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as JSON documents: CloudEvents 1.0, JSON event format, structured mode, so that a document
 * survives SNS raw delivery and the dead-letter queue as it is.
 */
public final class EventJson {

    /** The media type of a document (CloudEvents JSON event format, section 3). */
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final String DATA_MEDIA_TYPE = "application/json";

    private final JsonFormat format = new JsonFormat();

    private final JsonMapper mapper =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /** The document of an event, UTF-8. */
    public byte[] write(Event<?> event) {
        var document =
                CloudEventBuilder.v1()
                        .withId(event.id())
                        .withSource(event.source())
                        .withType(event.type())
                        .withTime(event.time().atOffset(ZoneOffset.UTC))
                        .withData(DATA_MEDIA_TYPE, mapper.writeValueAsBytes(event.data()));
        event.subject().ifPresent(document::withSubject);
        event.trace().ifPresent(trace -> document.withExtension(TraceParent.NAME, trace.value()));
        return carried(format.serialize(document.build()));
    }

    /**
     * SQS refuses two characters (SendMessage, "valid characters") that JSON can write otherwise.
     */
    private static byte[] carried(byte[] document) {
        var text = new String(document, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFE') < 0 && text.indexOf('\uFFFF') < 0
                ? document
                : text.replace("\uFFFE", "\\ufffe")
                        .replace("\uFFFF", "\\uffff")
                        .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The event that a document holds.
     *
     * @throws InvalidEvent if it is no CloudEvents document, or of no known type, or its data does
     *     not fit its type
     */
    public Event<?> read(byte[] document) {
        var event = parse(document);
        return read(event, EventTypes.classOf(event.getType()));
    }

    /**
     * The event that a document holds, whose data must be a {@code wanted}.
     *
     * @throws InvalidEvent as {@link #read(byte[])}, and if the data is something else
     */
    public <D extends EventData> Event<D> read(byte[] document, Class<D> wanted) {
        var event = parse(document);
        var actual = EventTypes.classOf(event.getType());
        if (!wanted.isAssignableFrom(actual)) {
            throw InvalidEvent.wrongType(event.getType(), wanted.getSimpleName());
        }
        return read(event, actual.asSubclass(wanted));
    }

    private CloudEvent parse(byte[] document) {
        try {
            // The literal null is JSON, and what the format makes of it is null.
            return Objects.requireNonNull(format.deserialize(document), "it is null");
        } catch (EventDeserializationException
                | CloudEventRWException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException e) {
            throw InvalidEvent.notCloudEvents(e);
        }
    }

    private <D extends EventData> Event<D> read(CloudEvent event, Class<D> type) {
        var data = event.getData();
        if (data == null) {
            throw InvalidEvent.noData(event.getType(), event.getId());
        }
        try {
            return new Event<>(
                    event.getId(),
                    event.getSource(),
                    Optional.ofNullable(event.getSubject()),
                    event.getTime() == null ? Instant.EPOCH : event.getTime().toInstant(),
                    trace(event.getExtension(TraceParent.NAME)),
                    // The literal null is data to CloudEvents, and none to us.
                    Optional.ofNullable(mapper.readValue(data.toBytes(), type))
                            .orElseThrow(
                                    () -> InvalidEvent.noData(event.getType(), event.getId())));
        } catch (JacksonException | IllegalArgumentException e) {
            throw InvalidEvent.badData(event.getType(), event.getId(), e);
        }
    }

    private static Optional<TraceParent> trace(@Nullable Object extension) {
        return extension instanceof String value ? TraceParent.parse(value) : Optional.empty();
    }
}
