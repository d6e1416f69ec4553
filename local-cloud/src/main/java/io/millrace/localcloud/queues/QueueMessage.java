package io.millrace.localcloud.queues;

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
}
