package io.millrace.localcloud.buckets;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.front.Answers;
import io.millrace.localcloud.front.Upstream;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.gaul.s3proxy.blobstore.BlobStore;

/** Answers S3: what S3Proxy lacks is answered here, everything else by it. */
final class S3Handler extends Handler.Sequence {

    // bucket.s3.us-east-1.localhost.localstack.cloud, bucket.s3.localhost, bucket.localhost
    private static final Pattern BUCKET_HOST = Pattern.compile("(.+?)\\.(?:s3[.-].*|localhost)");
    private static final int CONFIGURATION_BYTES = 1024 * 1024;

    private final Upstream proxy;
    private final FormUploads forms;
    private final BlobStore store;
    private final BucketNotifications notifications;

    S3Handler(
            Upstream proxy, FormUploads forms, BlobStore store, BucketNotifications notifications) {
        super(proxy, forms);
        this.proxy = proxy;
        this.forms = forms;
        this.store = store;
        this.notifications = notifications;
    }

    @Override
    public boolean handle(Request sent, Response response, Callback callback) throws Exception {
        var request = pathStyle(sent);
        var query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
        if (query.equals("notification") || query.startsWith("notification=")) {
            configuration(request, response, callback);
            return true;
        }
        return FormUploads.isOne(request)
                ? forms.handle(request, response, callback)
                : proxy.handle(request, response, callback);
    }

    /** Brings a bucket named by the host to the front of the path, where S3Proxy looks for it. */
    private static Request pathStyle(Request request) {
        var host = BUCKET_HOST.matcher(Request.getServerName(request));
        if (!host.matches()) {
            return request;
        }
        var uri = request.getHttpURI();
        return Request.serveAs(
                request,
                HttpURI.build(uri).path("/" + host.group(1) + uri.getPath()).asImmutable());
    }

    private void configuration(Request request, Response response, Callback callback)
            throws IOException {
        var bucket = request.getHttpURI().getDecodedPath().replace("/", "");
        if (!store.containerExists(bucket)) {
            throw AwsError.notFound("NoSuchBucket", "The specified bucket does not exist");
        }
        switch (request.getMethod()) {
            case "GET" ->
                    Answers.send(
                            response,
                            callback,
                            200,
                            "application/xml",
                            NotificationXml.write(notifications.of(bucket)));
            case "PUT" -> {
                var body = Content.Source.asInputStream(request).readNBytes(CONFIGURATION_BYTES);
                notifications.configure(bucket, NotificationXml.read(body));
                Answers.send(response, callback, 200, "application/xml", "");
            }
            default ->
                    throw AwsError.of(405, "MethodNotAllowed", "a notification is put or gotten");
        }
    }
}
