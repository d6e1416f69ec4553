package io.millrace.datasync.change;

import io.millrace.events.Event;
import io.millrace.events.EventIds;
import io.millrace.events.EventJson;
import io.millrace.events.LoadRequest;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes load requests of stream records, in the JSON in which DynamoDB Streams and Lambda give them
 * (Lambda Developer Guide, "Using Lambda with DynamoDB", example event).
 */
public final class Changes {

    private static final String KIND = "record";

    private final URI source;
    private final String requiredAttribute;
    private final long maxBytes;
    private final EventJson json;

    /**
     * @param source who says so
     * @param requiredAttribute the string attribute that every new image must have; none if blank
     * @param maxBytes the longest message that the queue takes
     */
    public Changes(URI source, String requiredAttribute, long maxBytes, EventJson json) {
        this.source = source;
        this.requiredAttribute = requiredAttribute;
        this.maxBytes = maxBytes;
        this.json = json;
    }

    /**
     * The load request of a change; its id is the same each time.
     *
     * @throws UnloadableRecord if the record never becomes one
     */
    public Event<LoadRequest> loadRequest(JsonNode record) {
        var event = read(record);
        var bytes = json.write(event).length;
        if (bytes > maxBytes) {
            throw UnloadableRecord.tooLong(bytes, maxBytes);
        }
        return event;
    }

    private Event<LoadRequest> read(JsonNode record) {
        try {
            var change = field(record, "dynamodb");
            var at = instant(field(change, "ApproximateCreationDateTime"));
            var id =
                    EventIds.change(
                            table(field(record, "eventSourceARN").asString()),
                            field(change, "SequenceNumber").asString());
            var payload = payload(record, change).put("approximateCreationDateTime", at.toString());
            return Event.of(id, source, at, new LoadRequest(KIND, payload));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw UnloadableRecord.unreadable(e);
        }
    }

    private ObjectNode payload(JsonNode record, JsonNode change) {
        var payload = JsonNodeFactory.instance.objectNode();
        payload.put("eventName", field(record, "eventName").asString());
        payload.set("keys", PlainJson.item(field(change, "Keys")));
        if (change.has("NewImage")) {
            var image = PlainJson.item(change.get("NewImage"));
            checkRequired(image);
            payload.set("newImage", image);
        }
        if (change.has("OldImage")) {
            payload.set("oldImage", PlainJson.item(change.get("OldImage")));
        }
        return payload;
    }

    private void checkRequired(ObjectNode image) {
        if (requiredAttribute.isBlank()) {
            return;
        }
        var value = image.path(requiredAttribute);
        if (!value.isString() || value.asString().isBlank()) {
            throw UnloadableRecord.lacksAttribute(requiredAttribute);
        }
    }

    private static JsonNode field(JsonNode parent, String name) {
        var value = parent.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw UnloadableRecord.lacks(name);
        }
        return value;
    }

    /** {@code arn:aws:dynamodb:region:account:table/NAME/stream/LABEL}. */
    private static String table(String streamArn) {
        var parts = streamArn.split("/", -1);
        return parts.length > 1 ? parts[1] : streamArn;
    }

    private static Instant instant(JsonNode seconds) {
        var millis = seconds.decimalValue().multiply(BigDecimal.valueOf(1000));
        return Instant.ofEpochMilli(millis.longValue());
    }
}
