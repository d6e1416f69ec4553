package io.millrace.localcloud.buckets;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.aws.Xml;
import io.millrace.localcloud.front.Answers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Uploads by browsers' forms (S3's "POST Object"): S3Proxy takes them only with a policy signed by
 * a key it knows, and here any key will do.
 */
final class FormUploads extends Handler.Abstract {

    private static final long MEMORY_BYTES = 64 * 1024;
    private static final long FILE_BYTES = 5L * 1024 * 1024 * 1024;

    private final BlobStore store;

    FormUploads(BlobStore store) {
        this.store = store;
    }

    static boolean isOne(Request request) {
        var type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return request.getMethod().equals("POST")
                && type != null
                && type.startsWith("multipart/form-data");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
            throws IOException {
        var bucket = request.getHttpURI().getDecodedPath().replace("/", "");
        if (!store.containerExists(bucket)) {
            throw AwsError.notFound("NoSuchBucket", "The specified bucket does not exist");
        }
        var type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        var config =
                new MultiPartConfig.Builder()
                        .location(Path.of(System.getProperty("java.io.tmpdir")))
                        .maxMemoryPartSize(MEMORY_BYTES)
                        .maxPartSize(FILE_BYTES)
                        .maxSize(-1)
                        .useFilesForPartsWithoutFileName(false)
                        .build();
        try (var parts = MultiPartFormData.getParts(request, request, type, config)) {
            var file =
                    Optional.ofNullable(parts.getFirst("file"))
                            .orElseThrow(() ->
                                    AwsError.badRequest(
                                            "InvalidArgument",
                                            "POST requires exactly one file upload per request."));
            var key = key(parts, file);
            var eTag = put(bucket, key, parts, file);
            answer(parts, response, callback, bucket, key, eTag);
        }
        return true;
    }

    private static String key(MultiPartFormData.Parts parts, MultiPart.Part file) {
        var name = Optional.ofNullable(file.getFileName()).orElse("");
        return field(parts, "key")
                .map(key -> key.replace("${filename}", name))
                .orElseThrow(() ->
                        AwsError.badRequest(
                                "InvalidArgument",
                                "Bucket POST must contain a field named 'key'."));
    }

    private String put(
            String bucket, String key, MultiPartFormData.Parts parts, MultiPart.Part file)
            throws IOException {
        var request =
                PutObjectRequest.builder().bucket(bucket).key(key).contentLength(file.getLength());
        field(parts, "Content-Type")
                .or(() -> Optional.ofNullable(file.getHeaders().get(HttpHeader.CONTENT_TYPE)))
                .ifPresent(request::contentType);
        try (var body = Content.Source.asInputStream(file.createContentSource())) {
            return store.putBlob(request.build(), body).eTag();
        }
    }

    private static void answer(
            MultiPartFormData.Parts parts,
            Response response,
            Callback callback,
            String bucket,
            String key,
            String eTag) {
        response.getHeaders().put(HttpHeader.ETAG, eTag);
        var redirect = field(parts, "success_action_redirect");
        if (redirect.isPresent()) {
            response.getHeaders()
                    .put(HttpHeader.LOCATION, URI.create(redirect.get()).toASCIIString());
            Answers.send(response, callback, 303, "application/xml", "");
        } else if (field(parts, "success_action_status").filter("201"::equals).isPresent()) {
            var document =
                    Xml.document(
                            "PostResponse",
                            "",
                            xml -> xml.text("Bucket", bucket).text("Key", key).text("ETag", eTag));
            Answers.send(response, callback, 201, "application/xml", document);
        } else {
            var status = field(parts, "success_action_status").filter("200"::equals).isPresent();
            Answers.send(response, callback, status ? 200 : 204, "application/xml", "");
        }
    }

    private static Optional<String> field(MultiPartFormData.Parts parts, String name) {
        return Optional.ofNullable(parts.getFirst(name))
                .map(part -> part.getContentAsString(StandardCharsets.UTF_8));
    }
}
