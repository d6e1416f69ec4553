package io.millrace.localcloud.queues;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What another part puts into a queue.
 *
 * @param group the message group id, for FIFO queues
 * @param deduplication the deduplication id, for FIFO queues
 */
public record QueueMessage(
        String body,
        Map<String, MessageAttribute> attributes,
        Optional<String> group,
        Optional<String> deduplication) {

    public QueueMessage {
        attributes = Map.copyOf(attributes);
    }

    /** A message of text alone. */
    public static QueueMessage of(String body) {
        return new QueueMessage(body, Map.of(), Optional.empty(), Optional.empty());
    }

    /** Its size as SQS counts it. */
    int bytes() {
        return body.getBytes(StandardCharsets.UTF_8).length
                + attributes.entrySet().stream()
                        .mapToInt(each ->
                                each.getKey().length()
                                        + each.getValue().type().length()
                                        + each.getValue().value().length())
                        .sum();
    }
}
