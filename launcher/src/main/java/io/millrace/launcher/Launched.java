package io.millrace.launcher;

import io.millrace.localcloud.LocalCloud;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A started JVM: closing it stops the services side by side and then the cloud under them. */
public final class Launched implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Launched.class);

    private final LaunchPlan plan;
    private final @Nullable LocalCloud cloud;
    private final URI endpoint;
    private final Map<Part, ConfigurableApplicationContext> services = new ConcurrentHashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    Launched(LaunchPlan plan, @Nullable LocalCloud cloud, URI endpoint) {
        this.plan = plan;
        this.cloud = cloud;
        this.endpoint = endpoint;
    }

    /** What was asked for. */
    public LaunchPlan plan() {
        return plan;
    }

    void started(Part part, ConfigurableApplicationContext service) {
        var before = services.put(part, service);
        if (before != null) {
            stop(before);
        }
    }

    /** Where AWS is: what a client's {@code AWS_ENDPOINT_URL} has to be. */
    public URI endpoint() {
        return endpoint;
    }

    /** Where a service listens, if it was started. */
    public Optional<URI> service(Part part) {
        return Optional.ofNullable(services.get(part)).map(Launched::address);
    }

    private static URI address(ConfigurableApplicationContext service) {
        var server = ((WebServerApplicationContext) service).getWebServer();
        if (server == null) {
            throw new IllegalStateException("%s has no web server".formatted(service.getId()));
        }
        return URI.create("http://localhost:" + server.getPort());
    }

    /** Returns when {@link #close} has. */
    void awaitClose() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            // Boot's own hook would close one after the other, each with its grace period.
            var threads =
                    services.values().stream()
                            .map(service -> Thread.ofPlatform().start(() -> stop(service)))
                            .toList();
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (cloud != null) {
                cloud.close();
            }
            closed.countDown();
        }
    }

    private static void stop(ConfigurableApplicationContext service) {
        try {
            SpringApplication.exit(service);
        } catch (RuntimeException e) {
            log.warn("{} did not stop cleanly", service.getId(), e);
        }
    }
}
