package io.millrace.errorhandler.aws;

import io.millrace.errorhandler.failure.Payloads;
import io.millrace.events.FailureRecord.Payload;
import java.nio.charset.StandardCharsets;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Short payloads in the record, long ones as objects below {@code failures/}. */
public final class S3Payloads implements Payloads {

    private final S3Client s3;
    private final String bucket;
    private final DataSize maxCarried;

    public S3Payloads(S3Client s3, String bucket, DataSize maxCarried) {
        this.s3 = s3;
        this.bucket = bucket;
        this.maxCarried = maxCarried;
    }

    @Override
    public Payload keep(String recordId, String body) {
        if (body.getBytes(StandardCharsets.UTF_8).length <= maxCarried.toBytes()) {
            return Payload.text(body);
        }
        var key = "failures/" + recordId.substring(recordId.lastIndexOf('/') + 1);
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(body));
        return Payload.at("s3://%s/%s".formatted(bucket, key));
    }
}
