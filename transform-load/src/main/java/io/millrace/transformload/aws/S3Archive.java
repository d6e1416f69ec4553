package io.millrace.transformload.aws;

import io.millrace.transformload.result.Archive;
import io.millrace.transformload.result.Location;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Stored;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.json.JsonMapper;

/** Results as JSON objects in a bucket. */
public final class S3Archive implements Archive {

    private static final JsonMapper JSON = new JsonMapper();

    private final S3Client s3;
    private final String bucket;

    public S3Archive(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Location location(Result result) {
        return new Location(bucket, result.archiveKey());
    }

    @Override
    public void put(Stored stored) {
        var result = stored.result();
        var archived = stored.archived();
        var line =
                JSON.createObjectNode()
                        .put("id", result.id())
                        .put("kind", result.kind())
                        .put("time", result.time().toString())
                        .set("document", result.document());
        s3.putObject(
                request ->
                        request.bucket(archived.bucket())
                                .key(archived.key())
                                .contentType("application/json"),
                RequestBody.fromString(line + "\n"));
    }
}
