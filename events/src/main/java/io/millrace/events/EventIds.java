package io.millrace.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Ids that follow from what happened, so that an event told twice has the same id twice and every
 * effect can be keyed by it.
 */
public final class EventIds {

    private EventIds() {}

    /**
     * An upload: the sequencer orders and tells apart the events of one key (S3 User Guide, "Event
     * message structure").
     */
    public static String upload(
            String bucket, String key, Optional<String> versionId, String sequencer) {
        return String.join("/", bucket, key, versionId.orElse("null"), sequencer);
    }

    /** A webhook: its sender gives each message one {@code webhook-id} (Standard Webhooks). */
    public static String webhook(String source, String webhookId) {
        return source + "/" + webhookId;
    }

    /** A change of a table: sequence numbers are unique within a stream. */
    public static String change(String table, String sequenceNumber) {
        return table + "/" + sequenceNumber;
    }

    /** A line of a batch. */
    public static String workItem(String job, long line) {
        return job + "/" + line;
    }

    /** A name that Step Functions accepts for the execution that an event starts. */
    public static String executionName(String eventId) {
        return hash(eventId);
    }

    /** A short text without special characters that stands for an id, 32 hexadecimal digits. */
    public static String hash(String id) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
