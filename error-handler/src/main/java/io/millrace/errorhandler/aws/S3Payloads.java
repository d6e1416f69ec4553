package io.millrace.errorhandler.aws;

import io.millrace.errorhandler.failure.Payloads;
import io.millrace.events.FailureRecord.Payload;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.json.JsonMapper;

/** Short payloads in the record, long ones as objects below {@code failures/}. */
public final class S3Payloads implements Payloads {

    private static final JsonMapper JSON = new JsonMapper();

    private final S3Client s3;
    private final String bucket;
    private final DataSize maxCarried;

    /**
     * @param maxCarried the longest payload that a record carries, as it is written there: JSON
     *     within JSON takes more than it is long
     */
    public S3Payloads(S3Client s3, String bucket, DataSize maxCarried) {
        this.s3 = s3;
        this.bucket = bucket;
        this.maxCarried = maxCarried;
    }

    @Override
    public Payload keep(String recordId, String body) {
        if (JSON.writeValueAsBytes(body).length <= maxCarried.toBytes()) {
            return Payload.text(body);
        }
        var key = "failures/" + recordId.substring(recordId.lastIndexOf('/') + 1);
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(body));
        return Payload.at("s3://%s/%s".formatted(bucket, key));
    }
}
