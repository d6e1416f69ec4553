package io.millrace.transformload.aws;

import io.millrace.transformload.result.Archive;
import io.millrace.transformload.result.Location;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Stored;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.databind.json.JsonMapper;

/** Results as lines of JSON in objects of a bucket. */
public final class S3Archive implements Archive {

    private static final JsonMapper JSON = new JsonMapper();

    private static final int PRECONDITION_FAILED = 412;

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
    public Location location(List<Result> results) {
        return new Location(bucket, Result.archiveKey(results));
    }

    @Override
    public void put(Stored stored) {
        var archived = stored.archived();
        s3.putObject(
                request ->
                        request.bucket(archived.bucket())
                                .key(archived.key())
                                .contentType("application/json"),
                RequestBody.fromString(line(stored.result())));
    }

    @Override
    public boolean putNew(Location location, List<Stored> results) {
        return putNew(
                location,
                results.stream()
                        .map(stored -> line(stored.result()))
                        .collect(Collectors.joining()));
    }

    @Override
    public Set<String> closed(Location location) {
        var lines = find(location);
        while (lines.isEmpty()) {
            // An empty object, in which Athena finds no rows, keeps any other from being put.
            lines = putNew(location, "") ? Optional.of("") : find(location);
        }
        return lines.get()
                .lines()
                .map(line -> JSON.readTree(line).path("id").asString(""))
                .collect(Collectors.toSet());
    }

    private boolean putNew(Location location, String lines) {
        try {
            s3.putObject(
                    request ->
                            request.bucket(location.bucket())
                                    .key(location.key())
                                    .contentType("application/jsonl")
                                    .ifNoneMatch("*"),
                    RequestBody.fromString(lines));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
                return false;
            }
            throw e;
        }
    }

    private Optional<String> find(Location location) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(request ->
                                    request.bucket(location.bucket()).key(location.key()))
                            .asUtf8String());
        } catch (NoSuchKeyException _) {
            return Optional.empty();
        }
    }

    private static String line(Result result) {
        return JSON.createObjectNode()
                        .put("id", result.id())
                        .put("kind", result.kind())
                        .put("time", result.time().toString())
                        .set("document", result.document())
                + "\n";
    }
}
