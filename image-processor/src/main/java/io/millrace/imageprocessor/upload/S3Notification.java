package io.millrace.imageprocessor.upload;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** S3's event notifications (S3 User Guide, "Event message structure"). */
public final class S3Notification {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TEST_EVENT = "s3:TestEvent";
    private static final String CREATED = "ObjectCreated:";

    private S3Notification() {}

    /**
     * The uploads that a notification tells of: none for removals and for the event by which S3
     * tests a queue.
     *
     * @throws InvalidNotification if the text is something else
     */
    public static List<Upload> uploads(String text) {
        var notification = json(text);
        if (notification.path("Event").asString("").equals(TEST_EVENT)) {
            return List.of();
        }
        var records = notification.path("Records");
        if (!records.isArray() || records.isEmpty()) {
            throw InvalidNotification.noRecords();
        }
        var uploads = new ArrayList<Upload>();
        for (var index = 0; index < records.size(); index++) {
            var record = records.get(index);
            if (required(record, index, "eventName").startsWith(CREATED)) {
                uploads.add(upload(record, index));
            }
        }
        return List.copyOf(uploads);
    }

    private static Upload upload(JsonNode record, int index) {
        var object = record.path("s3").path("object");
        return new Upload(
                required(record.path("s3").path("bucket"), index, "name"),
                // Keys are encoded as in an HTML form.
                URLDecoder.decode(required(object, index, "key"), StandardCharsets.UTF_8),
                Optional.of(object.path("versionId").asString("")).filter(id -> !id.isEmpty()),
                required(object, index, "sequencer"),
                object.path("size").asLong(0),
                object.path("eTag").asString(""),
                time(required(record, index, "eventTime"), index));
    }

    private static String required(JsonNode node, int index, String field) {
        var value = node.path(field).asString("");
        if (value.isEmpty()) {
            throw InvalidNotification.lacks(index, field);
        }
        return value;
    }

    private static Instant time(String text, int index) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            throw InvalidNotification.lacks(index, "an eventTime in ISO 8601");
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw InvalidNotification.notJson(e.getOriginalMessage());
        }
    }
}
