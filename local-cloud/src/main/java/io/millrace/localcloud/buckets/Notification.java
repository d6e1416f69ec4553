package io.millrace.localcloud.buckets;

import io.millrace.localcloud.aws.AwsError;
import java.util.List;

/**
 * One wish of a bucket's notification configuration: which events of which keys go where.
 *
 * @param destination the ARN of a queue or topic
 * @param events patterns such as {@code s3:ObjectCreated:*}
 * @param prefix what keys start with; empty for all
 * @param suffix what keys end with; empty for all
 */
public record Notification(
        String id, String destination, List<String> events, String prefix, String suffix) {

    public Notification {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw AwsError.badRequest("MalformedXML", "a notification names at least one Event");
        }
        for (var event : events) {
            if (!EventType.PATTERNS.contains(event)) {
                throw AwsError.badRequest(
                        "InvalidArgument", "The event '%s' is not supported".formatted(event));
            }
        }
        if (!destination.startsWith("arn:aws:sqs:") && !destination.startsWith("arn:aws:sns:")) {
            throw AwsError.badRequest(
                    "InvalidArgument",
                    "%s is no queue or topic: local-cloud notifies queues and topics"
                            .formatted(destination));
        }
    }

    boolean isQueue() {
        return destination.startsWith("arn:aws:sqs:");
    }

    boolean wants(EventType type, String key) {
        return key.startsWith(prefix)
                && key.endsWith(suffix)
                && events.stream().anyMatch(type::matches);
    }
}
