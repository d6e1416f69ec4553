package io.millrace.imageprocessor.aws;

import io.millrace.imageprocessor.rendering.ImageFormat;
import io.millrace.imageprocessor.rendering.Rendered.Rendition;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Images in S3. */
public final class ImageBuckets {

    /** An array holds no more. */
    private static final int LONGEST = Integer.MAX_VALUE - 64;

    private final S3Client s3;
    private final String results;
    private final long limit;

    public ImageBuckets(S3Client s3, String results, DataSize maxSize) {
        this.s3 = s3;
        this.results = results;
        this.limit = Math.min(maxSize.toBytes(), LONGEST);
    }

    /** What a look for an image finds. */
    public sealed interface Found {
        /** The image's bytes. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Image(byte[] bytes) implements Found {}

        /** Its first bytes are those of no image; the others were not read. */
        record NoImage() implements Found {}

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
            return read(object);
        } catch (NoSuchKeyException _) {
            return new Found.Nothing();
        } catch (NoSuchBucketException _) {
            return new Found.Nothing();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "reading s3://%s/%s broke off".formatted(bucket, key), e);
        }
    }

    /** As much of an object as decides: its length, then its first bytes, then all of it. */
    private Found read(ResponseInputStream<GetObjectResponse> object) throws IOException {
        var declared = object.response().contentLength();
        if (declared != null && declared > limit) {
            object.abort();
            return new Found.TooLarge(declared, limit);
        }
        var head = object.readNBytes(ImageFormat.HEAD);
        if (ImageFormat.of(head).isEmpty()) {
            object.abort();
            return new Found.NoImage();
        }
        return declared == null ? counted(object, head) : whole(object, head, declared);
    }

    private static Found whole(InputStream object, byte[] head, long size) throws IOException {
        var bytes = Arrays.copyOf(head, (int) Math.max(head.length, size));
        var rest = bytes.length - head.length;
        if (object.readNBytes(bytes, head.length, rest) < rest) {
            throw new EOFException("fewer bytes than declared");
        }
        return new Found.Image(bytes);
    }

    /** Nobody said how long it is. */
    private Found counted(InputStream object, byte[] head) throws IOException {
        var rest = object.readNBytes((int) (limit + 1) - head.length);
        var size = (long) head.length + rest.length;
        if (size > limit) {
            return new Found.TooLarge(size, limit);
        }
        var bytes = Arrays.copyOf(head, (int) size);
        System.arraycopy(rest, 0, bytes, head.length, rest.length);
        return new Found.Image(bytes);
    }

    /** Puts a rendition where it lies each time. */
    public void put(String key, Rendition rendition) {
        s3.putObject(
                request -> request.bucket(results).key(key),
                // Not a copy: nobody writes into a rendition.
                RequestBody.fromContentProvider(
                        ContentStreamProvider.fromByteArrayUnsafe(rendition.content()),
                        rendition.content().length,
                        rendition.spec().format().mediaType()));
    }

    public String results() {
        return results;
    }
}
