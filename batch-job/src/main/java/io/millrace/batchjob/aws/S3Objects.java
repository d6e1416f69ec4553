package io.millrace.batchjob.aws;

import io.millrace.batchjob.job.Job;
import io.millrace.batchjob.job.ObjectLost;
import io.millrace.batchjob.job.Objects;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects in S3, read by ranges: no connection stays open while lines are being sent. */
public final class S3Objects implements Objects {

    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client s3;
    private final int chunk;

    /**
     * @param chunk how many bytes are fetched, and held, at once
     */
    public S3Objects(S3Client s3, int chunk) {
        this.s3 = s3;
        this.chunk = chunk;
    }

    @Override
    public Optional<Found> find(String bucket, String key) {
        try {
            var head = s3.headObject(request -> request.bucket(bucket).key(key));
            var type = Optional.ofNullable(head.contentType()).orElse("");
            return Optional.of(new Found(head.eTag(), head.contentLength(), type));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND || e.statusCode() == FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public InputStream open(Job.Source source, long offset) {
        return new RangedInputStream(
                source.size(), offset, chunk, (from, to) -> range(source, from, to));
    }

    private byte[] range(Job.Source source, long from, long to) {
        try {
            return s3.getObjectAsBytes(request ->
                            request.bucket(source.bucket())
                                    .key(source.key())
                                    .ifMatch(source.etag())
                                    .range("bytes=%d-%d".formatted(from, to - 1)))
                    .asByteArrayUnsafe();
        } catch (SdkServiceException e) {
            throw switch (e.statusCode()) {
                case NOT_FOUND -> ObjectLost.gone(source, e);
                case PRECONDITION_FAILED -> ObjectLost.changed(source, e);
                case FORBIDDEN -> ObjectLost.refused(source, e);
                default -> e;
            };
        }
    }
}
