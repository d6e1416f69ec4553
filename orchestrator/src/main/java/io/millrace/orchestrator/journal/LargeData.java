package io.millrace.orchestrator.journal;

import io.millrace.orchestrator.execution.ExecutionId;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What is too large for an item of a table: objects in S3, named by what they hold. */
final class LargeData {

    private final Supplier<S3Client> s3;
    private final String bucket;
    private final String prefix;

    /**
     * @param s3 finds the client when it is first needed
     * @param prefix of the keys
     */
    LargeData(Supplier<S3Client> s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    void put(ExecutionId id, String name, String text) {
        s3.get()
                .putObject(
                        put ->
                                put.bucket(bucket)
                                        .key(key(id, name))
                                        .contentType("application/json"),
                        RequestBody.fromBytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    String get(ExecutionId id, String name) {
        return s3.get()
                .getObjectAsBytes(get -> get.bucket(bucket).key(key(id, name)))
                .asUtf8String();
    }

    private String key(ExecutionId id, String name) {
        return "%s%s/%s/%s".formatted(prefix, id.stateMachine(), id.name(), name);
    }
}
