package io.millrace.batchjob.job;

import java.util.Optional;

/**
 * Asks for a batch.
 *
 * @param bucket the object's bucket
 * @param key the object's key
 * @param token what makes two requests for one object the same, such as the time that a schedule
 *     fires for; each request without one starts a job of its own
 */
public record BatchRequest(String bucket, String key, Optional<String> token) {

    public BatchRequest {
        if (bucket.isBlank() || key.isBlank()) {
            throw new IllegalArgumentException("a batch needs a bucket and a key");
        }
    }
}
