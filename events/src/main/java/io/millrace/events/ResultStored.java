package io.millrace.events;

/**
 * A result lies in the table and in the archive; the event's id is the result's.
 *
 * @param kind what it is, such as {@code image}
 * @param resultId the key in the results table
 * @param bucket the bucket of the archived object
 * @param key the key of the archived object
 */
public record ResultStored(String kind, String resultId, String bucket, String key)
        implements EventData {}
