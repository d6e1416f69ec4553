package io.millrace.batchjob.aws;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of the table of batches: their keys and the reading of their attributes. */
final class Items {

    /** The sort key of a job's own item. */
    static final String JOB = "job";

    /** The sort key of the item that says how many lines of a job are done. */
    static final String COUNT = "count";

    /** What the sort keys of a job's segments start with. */
    static final String SEGMENT = "done#";

    /** The partition that lists all jobs by time. */
    static final String ALL = "jobs";

    /** The partition that lists the jobs that are neither complete nor failed. */
    static final String UNFINISHED = "unfinished";

    private Items() {}

    static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of("pk", text(pk), "sk", text(sk));
    }

    static Map<String, AttributeValue> jobKey(String job, String sk) {
        return key(pk(job), sk);
    }

    static String pk(String job) {
        return "job#" + job;
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(String.valueOf(value));
    }

    static Optional<AttributeValue> attribute(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name));
    }

    static String text(Map<String, AttributeValue> item, String name) {
        return present(item, name).s();
    }

    static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(present(item, name).n());
    }

    static Instant instant(Map<String, AttributeValue> item, String name) {
        return Instant.parse(text(item, name));
    }

    private static AttributeValue present(Map<String, AttributeValue> item, String name) {
        return attribute(item, name)
                .orElseThrow(() ->
                        new IllegalStateException("the item %s lacks %s".formatted(item, name)));
    }
}
