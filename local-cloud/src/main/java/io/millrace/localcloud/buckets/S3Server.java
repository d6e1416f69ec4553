package io.millrace.localcloud.buckets;

import io.millrace.localcloud.front.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** S3Proxy on a loopback port of its own, and in front of it what it lacks. */
public final class S3Server implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final BlobStore store;
    private final S3Proxy proxy;
    private final BucketNotifications notifications;

    private S3Server(BlobStore store, S3Proxy proxy, BucketNotifications notifications) {
        this.store = store;
        this.proxy = proxy;
        this.notifications = notifications;
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
        return new S3Handler(
                new Upstream(
                        "s3", () -> URI.create("http://127.0.0.1:" + proxy.getPort()), PATIENCE),
                new FormUploads(new NotifyingBlobStore(store, notifications, EventType.POST)),
                store,
                notifications);
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
            store.close();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not stop", e);
        }
    }
}
