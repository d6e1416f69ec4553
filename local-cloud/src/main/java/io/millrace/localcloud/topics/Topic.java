package io.millrace.localcloud.topics;

import java.util.Map;

/**
 * A topic as it was created.
 *
 * @param attributes those that were set, by SNS's names
 */
record Topic(String arn, Map<String, String> attributes, Map<String, String> tags) {

    Topic {
        attributes = Map.copyOf(attributes);
        tags = Map.copyOf(tags);
    }

    boolean isFifo() {
        return arn.endsWith(".fifo");
    }
}
