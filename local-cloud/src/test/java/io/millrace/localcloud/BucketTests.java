package io.millrace.localcloud;

import static io.millrace.localcloud.SharedCloud.clients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class BucketTests {

    private static final String BUCKET = "objects-" + UUID.randomUUID();
    private final S3Client s3 = clients().s3();

    @BeforeAll
    static void createBucket() {
        clients().s3().createBucket(request -> request.bucket(BUCKET));
    }

    @Test
    void keysAreAnyText() {
        for (var key : List.of("a b/ü+%41 &.txt", "x//y", "tilde~(1)'!*", "q?a=b#c")) {
            s3.putObject(
                    request -> request.bucket(BUCKET).key(key),
                    RequestBody.fromString("of " + key));
            assertThat(
                            s3.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                                    .asUtf8String())
                    .isEqualTo("of " + key);
        }
        assertThat(s3.listObjectsV2(request -> request.bucket(BUCKET).prefix("a b/")).contents())
                .extracting(S3Object::key)
                .containsExactly("a b/ü+%41 &.txt");
    }

    @Test
    void bigObjectsStreamThroughWithTheirChecksums() throws IOException {
        var size = 48L * 1024 * 1024;
        s3.putObject(
                request ->
                        request.bucket(BUCKET)
                                .key("big")
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                RequestBody.fromInputStream(new Zeros(size), size));
        try (var object = s3.getObject(request -> request.bucket(BUCKET).key("big"))) {
            assertThat(object.response().contentLength()).isEqualTo(size);
            assertThat(object.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(size);
        }
    }

    @Test
    void rangesCopiesAndMetadataWork() {
        s3.putObject(
                request ->
                        request.bucket(BUCKET)
                                .key("one")
                                .contentType("text/plain")
                                .metadata(java.util.Map.of("trace", "00-abc")),
                RequestBody.fromString("0123456789"));
        s3.copyObject(request ->
                request.sourceBucket(BUCKET)
                        .sourceKey("one")
                        .destinationBucket(BUCKET)
                        .destinationKey("two"));
        var head = s3.headObject(request -> request.bucket(BUCKET).key("two"));
        assertThat(head.contentType()).isEqualTo("text/plain");
        assertThat(head.metadata()).containsEntry("trace", "00-abc");
        assertThat(
                        s3.getObjectAsBytes(request ->
                                        request.bucket(BUCKET).key("two").range("bytes=2-4"))
                                .asUtf8String())
                .isEqualTo("234");
    }

    @Test
    void partsBecomeOneObject() {
        var upload =
                s3.createMultipartUpload(request -> request.bucket(BUCKET).key("parts")).uploadId();
        var part =
                s3.uploadPart(
                        request ->
                                request.bucket(BUCKET).key("parts").uploadId(upload).partNumber(1),
                        RequestBody.fromString("all of it"));
        s3.completeMultipartUpload(request ->
                request.bucket(BUCKET)
                        .key("parts")
                        .uploadId(upload)
                        .multipartUpload(done ->
                                done.parts(
                                        CompletedPart.builder()
                                                .partNumber(1)
                                                .eTag(part.eTag())
                                                .build())));
        assertThat(
                        s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("parts"))
                                .asUtf8String())
                .isEqualTo("all of it");
    }

    @Test
    void aPutThatMayNotReplaceFailsOnTheSecond() {
        s3.putObject(
                request -> request.bucket(BUCKET).key("once").ifNoneMatch("*"),
                RequestBody.fromString("1"));
        assertThatThrownBy(() ->
                        s3.putObject(
                                request -> request.bucket(BUCKET).key("once").ifNoneMatch("*"),
                                RequestBody.fromString("2")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
    }

    @Test
    void keysThatCannotBothBeFilesAreRefusedWithTheReason() {
        s3.putObject(
                request -> request.bucket(BUCKET).key("file"), RequestBody.fromString("content"));
        assertThatThrownBy(() ->
                        s3.putObject(
                                request -> request.bucket(BUCKET).key("file/below"),
                                RequestBody.fromString("content")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("local-cloud keeps objects in files");
    }

    @Test
    void hostsMayNameTheBucket() throws Exception {
        s3.putObject(
                request -> request.bucket(BUCKET).key("x/y z"), RequestBody.fromString("found"));
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), clients().endpoint().getPort())) {
            socket.getOutputStream()
                    .write(
                            "GET /x/y%%20z HTTP/1.1\r\nHost: %s.s3.localhost\r\nConnection: close\r\n\r\n"
                                    .formatted(BUCKET)
                                    .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("found");
        }
    }

    @Test
    void versionsAreKeptWhereTheyAreSwitchedOn() {
        var versioned = "versioned-" + UUID.randomUUID();
        s3.createBucket(request -> request.bucket(versioned));
        s3.putBucketVersioning(request ->
                request.bucket(versioned)
                        .versioningConfiguration(
                                versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        var first =
                s3.putObject(
                                request -> request.bucket(versioned).key("k"),
                                RequestBody.fromString("1"))
                        .versionId();
        s3.putObject(request -> request.bucket(versioned).key("k"), RequestBody.fromString("2"));
        assertThat(
                        s3.getObjectAsBytes(request ->
                                        request.bucket(versioned).key("k").versionId(first))
                                .asUtf8String())
                .isEqualTo("1");
    }

    @Test
    void missingObjectIsTheSdksException() {
        assertThatThrownBy(() -> s3.getObject(request -> request.bucket(BUCKET).key("nothing")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    /** So many zeros, made as they are read. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            var count = (int) Math.min(length, left);
            java.util.Arrays.fill(into, offset, offset + count, (byte) 0);
            left -= count;
            return count;
        }
    }
}
