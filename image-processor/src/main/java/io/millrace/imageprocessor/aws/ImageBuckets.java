package io.millrace.imageprocessor.aws;

import io.millrace.imageprocessor.rendering.Rendered.Rendition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Images in S3. */
public final class ImageBuckets {

    private final S3Client s3;
    private final String results;
    private final DataSize maxSize;

    public ImageBuckets(S3Client s3, String results, DataSize maxSize) {
        this.s3 = s3;
        this.results = results;
        this.maxSize = maxSize;
    }

    /** What a look for an image finds. */
    public sealed interface Found {
        /** The image's bytes. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Image(byte[] bytes) implements Found {}

        /** There is no such object. */
        record Nothing() implements Found {}

        /** The object is longer than is read; {@code limit} in bytes. */
        record TooLarge(long size, long limit) implements Found {}
    }

    /**
     * Reads an object.
     *
     * @param version the version that was uploaded, if the bucket keeps versions: a later upload to
     *     the key is an event of its own
     */
    public Found find(String bucket, String key, Optional<String> version) {
        try (var object =
                s3.getObject(request -> {
                    request.bucket(bucket).key(key);
                    version.ifPresent(request::versionId);
                })) {
            var size = object.response().contentLength();
            if (size > maxSize.toBytes()) {
                object.abort();
                return new Found.TooLarge(size, maxSize.toBytes());
            }
            return new Found.Image(object.readAllBytes());
        } catch (NoSuchKeyException _) {
            return new Found.Nothing();
        } catch (NoSuchBucketException _) {
            return new Found.Nothing();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "reading s3://%s/%s broke off".formatted(bucket, key), e);
        }
    }

    /** Puts a rendition where it lies each time. */
    public void put(String key, Rendition rendition) {
        s3.putObject(
                request ->
                        request.bucket(results)
                                .key(key)
                                .contentType(rendition.spec().format().mediaType()),
                RequestBody.fromBytes(rendition.content()));
    }

    public String results() {
        return results;
    }
}
