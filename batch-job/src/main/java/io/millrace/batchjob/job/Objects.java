package io.millrace.batchjob.job;

import java.io.InputStream;
import java.util.Optional;

/** Where the objects are. */
public interface Objects {

    /**
     * What is known of an object.
     *
     * @param contentType as it was given when it was stored, or empty
     */
    record Found(String etag, long size, String contentType) {}

    Optional<Found> find(String bucket, String key);

    /**
     * The bytes of an object from an offset on, without holding more than some of them.
     *
     * @throws ObjectLost if it is not there any more, or another is in its place; reading the
     *     stream may throw this too
     */
    InputStream open(Job.Source source, long offset);
}
