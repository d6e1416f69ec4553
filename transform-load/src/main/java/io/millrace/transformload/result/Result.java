package io.millrace.transformload.result;

import io.millrace.events.EventIds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
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

    /** The key of the object of its own: the same each time. */
    public String archiveKey() {
        return "archive/%s/%s.json".formatted(partition(), EventIds.hash(id));
    }

    /** What its objects' keys have in common, as Athena reads partitions. */
    public String partition() {
        var date = DateTimeFormatter.ISO_LOCAL_DATE.format(time.atOffset(ZoneOffset.UTC));
        return "kind=%s/date=%s".formatted(kind, date);
    }

    /** The key of an object of several results of one partition: the same for the same ones. */
    public static String archiveKey(List<Result> results) {
        var ids = results.stream().map(Result::id).sorted().collect(Collectors.joining("\n"));
        return "archive/%s/batch-%s.jsonl"
                .formatted(results.getFirst().partition(), EventIds.hash(ids));
    }
}
