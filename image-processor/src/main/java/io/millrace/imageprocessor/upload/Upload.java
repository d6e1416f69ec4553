package io.millrace.imageprocessor.upload;

import io.millrace.events.EventIds;
import java.time.Instant;
import java.util.Optional;

/**
 * An object that was uploaded.
 *
 * @param bucket the bucket's name
 * @param key the object's key, decoded
 * @param versionId its version, if the bucket keeps versions
 * @param sequencer orders the events of one key
 * @param size its length in bytes
 * @param eTag its entity tag
 * @param time when it was uploaded
 */
public record Upload(
        String bucket,
        String key,
        Optional<String> versionId,
        String sequencer,
        long size,
        String eTag,
        Instant time) {

    /** The id of the event. */
    public String eventId() {
        return EventIds.upload(bucket, key, versionId, sequencer);
    }
}
