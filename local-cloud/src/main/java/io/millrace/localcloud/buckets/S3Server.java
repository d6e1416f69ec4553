package io.millrace.localcloud.buckets;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.front.Answers;
import io.millrace.localcloud.front.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** S3Proxy on a loopback port of its own, and in front of it what it lacks. */
public final class S3Server implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int CONFIGURATION_BYTES = 1024 * 1024;

    private final BlobStore store;
    private final S3Proxy proxy;
    private final BucketNotifications notifications;
    private final FormUploads forms;

    private S3Server(BlobStore store, S3Proxy proxy, BucketNotifications notifications) {
        this.store = store;
        this.proxy = proxy;
        this.notifications = notifications;
        this.forms = new FormUploads();
    }

    /** Starts it on the files of that directory, in memory without one. */
    public static S3Server start(Optional<Path> dataDir, BucketNotifications notifications) {
        BlobStore store =
                dataDir.<BlobStore>map(directory ->
                                new FilesystemNio2BlobStore(
                                        created(directory.resolve("s3")).toString()))
                        .orElseGet(TransientNio2BlobStore::new);
        var proxy = proxy(new NotifyingBlobStore(store, notifications, EventType.PUT));
        return new S3Server(store, proxy, notifications);
    }

    private static S3Proxy proxy(BlobStore store) {
        var proxy =
                S3Proxy.builder()
                        .blobStore(store)
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .ignoreUnknownHeaders(true)
                        .stopTimeout(500)
                        .build();
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not start", e);
        }
        return proxy;
    }

    private static Path created(Path directory) {
        try {
            return Files.createDirectories(directory.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep buckets in " + directory, e);
        }
    }

    /** Answers S3. */
    public Handler handler() {
        return new S3Handler();
    }

    /** Whether a bucket of that name is here. */
    public boolean exists(String bucket) {
        return store.containerExists(bucket);
    }

    /** Creates a bucket. */
    public void create(String bucket) {
        store.createContainer(bucket);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
            forms.stop();
            store.close();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not stop", e);
        }
    }

    private static URI address(S3Proxy proxy) {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** Browsers' form uploads go to a second S3Proxy, by which their events are told apart. */
    private final class FormUploads {
        private Optional<S3Proxy> started = Optional.empty();

        synchronized URI address() {
            if (started.isEmpty()) {
                started =
                        Optional.of(
                                proxy(
                                        new NotifyingBlobStore(
                                                store, notifications, EventType.POST)));
            }
            return S3Server.address(started.get());
        }

        synchronized void stop() throws Exception {
            if (started.isPresent()) {
                started.get().stop();
            }
        }
    }

    /** Notification configurations are answered here, everything else by S3Proxy. */
    private final class S3Handler extends Handler.Sequence {
        private final Upstream objects;
        private final Upstream formUploads;

        S3Handler() {
            this(
                    new Upstream("s3", () -> address(proxy), PATIENCE),
                    new Upstream("s3-forms", forms::address, PATIENCE));
        }

        private S3Handler(Upstream objects, Upstream formUploads) {
            super(objects, formUploads);
            this.objects = objects;
            this.formUploads = formUploads;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            var query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
            if (query.equals("notification") || query.startsWith("notification=")) {
                return configuration(request, response, callback);
            }
            return isForm(request)
                    ? formUploads.handle(request, response, callback)
                    : objects.handle(request, response, callback);
        }

        private static boolean isForm(Request request) {
            var type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
            return request.getMethod().equals("POST")
                    && type != null
                    && type.startsWith("multipart/form-data");
        }

        private boolean configuration(Request request, Response response, Callback callback)
                throws IOException {
            var bucket = request.getHttpURI().getDecodedPath().replace("/", "");
            if (!exists(bucket)) {
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
                    var body =
                            Content.Source.asInputStream(request).readNBytes(CONFIGURATION_BYTES);
                    notifications.configure(bucket, NotificationXml.read(body));
                    Answers.send(response, callback, 200, "application/xml", "");
                }
                default ->
                        throw AwsError.of(
                                405, "MethodNotAllowed", "a notification is put or gotten");
            }
            return true;
        }
    }
}
