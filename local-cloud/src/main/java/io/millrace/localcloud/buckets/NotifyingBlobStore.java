package io.millrace.localcloud.buckets;

import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A store that tells of each object it has taken or removed. */
final class NotifyingBlobStore extends ForwardingBlobStore {

    // S3Proxy keeps a marker object per multipart upload: nobody's business.
    private static final String MARKER = ".s3proxy-mpu-stub-";

    private final BucketNotifications notifications;
    private final EventType put;

    /**
     * @param put what a put is here: the same store serves form uploads as another type of event
     */
    NotifyingBlobStore(BlobStore store, BucketNotifications notifications, EventType put) {
        super(store);
        this.notifications = notifications;
        this.put = put;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        var response = kept(request.key(), () -> super.putBlob(request, body));
        created(put, request.bucket(), request.key(), response.versionId());
        return response;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        var response = kept(request.destinationKey(), () -> super.copyBlob(request));
        created(
                EventType.COPY,
                request.destinationBucket(),
                request.destinationKey(),
                response.versionId());
        return response;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        var response =
                kept(upload.blobName(), () -> super.completeMultipartUpload(upload, request));
        created(
                EventType.COMPLETE_MULTIPART,
                upload.containerName(),
                upload.blobName(),
                response.versionId());
        return response;
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        var present = super.blobExists(request.bucket(), request.key());
        var response = super.removeBlob(request);
        if (present && !request.key().startsWith(MARKER)) {
            var marked = Boolean.TRUE.equals(response.deleteMarker());
            notifications.happened(
                    marked ? EventType.DELETE_MARKER : EventType.DELETE,
                    request.bucket(),
                    request.key(),
                    Optional.ofNullable(response.versionId()),
                    Optional::empty);
        }
        return response;
    }

    @Override
    public void deleteBucket(String bucket) {
        super.deleteBucket(bucket);
        notifications.forget(bucket);
    }

    @Override
    public void deleteContainer(String bucket) {
        super.deleteContainer(bucket);
        notifications.forget(bucket);
    }

    /** Says what is wrong when a key cannot be a file because another's is in its way. */
    private static <T> T kept(String key, Supplier<T> write) {
        try {
            return write.get();
        } catch (RuntimeException e) {
            throw e.getCause() instanceof FileSystemException cause ? inTheWay(key, cause) : e;
        }
    }

    private static RuntimeException inTheWay(String key, FileSystemException cause) {
        var explanation =
                "local-cloud keeps objects in files: %s cannot be one beside the other keys (%s)"
                        .formatted(key, cause.getMessage());
        return S3Exception.builder()
                .statusCode(400)
                .message(explanation)
                .cause(cause)
                .awsErrorDetails(
                        AwsErrorDetails.builder()
                                .errorCode("InvalidArgument")
                                .errorMessage(explanation)
                                .build())
                .build();
    }

    private void created(
            EventType type,
            String bucket,
            String key,
            @org.jspecify.annotations.Nullable String version) {
        if (key.startsWith(MARKER)) {
            return;
        }
        notifications.happened(
                type, bucket, key, Optional.ofNullable(version), () -> content(bucket, key));
    }

    private Optional<ObjectEvent.Content> content(String bucket, String key) {
        var head = super.blobMetadata(HeadObjectRequest.builder().bucket(bucket).key(key).build());
        return Optional.ofNullable(head)
                .map(present ->
                        new ObjectEvent.Content(
                                present.contentLength(), present.eTag().replace("\"", "")));
    }
}
