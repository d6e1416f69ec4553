package io.millrace.transformload.result;

import io.millrace.events.EventIds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the pipeline is for.
 *
 * @param id the id of the event it comes from
 * @param kind what it is, such as {@code image}
 * @param time when the event happened
 * @param document what the mapping made of the event's payload
 */
public record Result(String id, String kind, Instant time, ObjectNode document) {

    /** The archived object's key: the same each time, and partitioned as Athena reads it. */
    public String archiveKey() {
        var date = DateTimeFormatter.ISO_LOCAL_DATE.format(time.atOffset(ZoneOffset.UTC));
        return "archive/kind=%s/date=%s/%s.json".formatted(kind, date, EventIds.hash(id));
    }
}
