package io.millrace.localcloud.topics;

import java.util.Optional;

/**
 * What a publisher is told.
 *
 * @param sequenceNumber on FIFO topics, greater than that of every message before
 */
public record Receipt(String messageId, Optional<String> sequenceNumber) {}
