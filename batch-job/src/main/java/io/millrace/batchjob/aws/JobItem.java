package io.millrace.batchjob.aws;

import static io.millrace.batchjob.aws.Items.attribute;
import static io.millrace.batchjob.aws.Items.instant;
import static io.millrace.batchjob.aws.Items.number;
import static io.millrace.batchjob.aws.Items.text;

import io.millrace.batchjob.job.Job;
import io.millrace.batchjob.job.JobStatus;
import io.millrace.batchjob.lines.Format;
import io.millrace.batchjob.lines.Place;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A job as an item and back. */
final class JobItem {

    private JobItem() {}

    static Map<String, AttributeValue> of(Job job) {
        var item = new HashMap<>(Items.jobKey(job.id(), Items.JOB));
        item.put("id", text(job.id()));
        item.put("bucket", text(job.source().bucket()));
        item.put("object", text(job.source().key()));
        item.put("etag", text(job.source().etag()));
        item.put("size", number(job.source().size()));
        item.put("format", text(job.source().format().name()));
        item.put("status", text(job.status().name()));
        item.put("createdAt", text(job.createdAt().toString()));
        item.putAll(reading(job.reading()));
        item.put("generation", number(job.hold().generation()));
        item.put("until", number(job.hold().until().toEpochMilli()));
        job.hold().owner().ifPresent(owner -> item.put("owner", text(owner)));
        job.endedAt().ifPresent(at -> item.put("endedAt", text(at.toString())));
        job.error().ifPresent(error -> item.put("error", text(error)));
        return item;
    }

    static Map<String, AttributeValue> reading(Job.Reading reading) {
        return Map.of(
                "offset", number(reading.place().offset()),
                "physical", number(reading.place().physical()),
                "records", number(reading.place().records()),
                "failed", number(reading.failed()),
                "finished", AttributeValue.fromBool(reading.finished()));
    }

    static Job job(Map<String, AttributeValue> item) {
        return new Job(
                text(item, "id"),
                new Job.Source(
                        text(item, "bucket"),
                        text(item, "object"),
                        text(item, "etag"),
                        number(item, "size"),
                        Format.valueOf(text(item, "format"))),
                JobStatus.valueOf(text(item, "status")),
                instant(item, "createdAt"),
                attribute(item, "endedAt").map(AttributeValue::s).map(Instant::parse),
                new Job.Reading(
                        new Place(
                                number(item, "offset"),
                                number(item, "physical"),
                                number(item, "records")),
                        number(item, "failed"),
                        attribute(item, "finished").map(AttributeValue::bool).orElse(false)),
                new Job.Hold(
                        attribute(item, "owner").map(AttributeValue::s),
                        number(item, "generation"),
                        Instant.ofEpochMilli(number(item, "until"))),
                attribute(item, "error").map(AttributeValue::s));
    }
}
