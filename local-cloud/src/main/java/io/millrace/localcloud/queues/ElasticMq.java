package io.millrace.localcloud.queues;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.localcloud.aws.AwsPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.AutoCreateQueuesConfig;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.collection.immutable.List$;
import scala.util.Either;

/** ElasticMQ on a loopback port of its own. With a data directory its queues and messages stay. */
public final class ElasticMq implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    // Its server reads no idle time shorter than a long poll, and accepts a poller per connection.
    private static final String SETTINGS =
            """
            pekko.http.server.request-timeout = 30 s
            pekko.http.server.idle-timeout = 75 s
            pekko.http.server.max-connections = 8192
            pekko.http.server.parsing.max-content-length = 8m
            pekko.http.server.parsing.illegal-header-warnings = off
            pekko.jvm-exit-on-fatal-error = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            pekko.daemonic = on
            """;

    private static final MessagePool POOL = new MessagePool();

    private final ActorSystem system;
    private final Queues queues;
    private final URI address;
    private final boolean persistent;

    private ElasticMq(ActorSystem system, URI address, boolean persistent) {
        this.system = system;
        this.queues = new Queues(address);
        this.address = address;
        this.persistent = persistent;
    }

    /** Starts it, with what the directory holds if one is given. */
    public static ElasticMq start(Optional<Path> dataDir) {
        var loader = ElasticMq.class.getClassLoader();
        Config config =
                ConfigFactory.parseString(SETTINGS)
                        .withFallback(ConfigFactory.parseResourcesAnySyntax(loader, "application"))
                        .withFallback(ConfigFactory.defaultReference(loader))
                        .resolve();
        var url = dataDir.map(ElasticMq::url);
        url.ifPresent(POOL::open);
        var system = ActorSystem.create("elasticmq", config, loader);
        try {
            var store = url.map(where -> store(system, where));
            var manager =
                    system.actorOf(
                            Props.create(
                                    QueueManagerActor.class,
                                    new NowProvider(),
                                    StrictSQSLimits$.MODULE$,
                                    Option.apply(store.orElse(null))));
            store.ifPresent(actor -> restore(actor, manager));
            var server =
                    new TheSQSRestServerBuilder(
                                    Option.apply(system),
                                    Option.apply(manager),
                                    "127.0.0.1",
                                    0,
                                    // The wildcard: queue URLs start with the request's own host.
                                    new NodeAddress("http", "*", 0, ""),
                                    false,
                                    StrictSQSLimits$.MODULE$,
                                    AwsPlace.REGION,
                                    AwsPlace.ACCOUNT,
                                    Option.apply(store.orElse(null)),
                                    AutoCreateQueuesConfig.disabled())
                            .start();
            var port = server.waitUntilStarted().localAddress().getPort();
            return new ElasticMq(
                    system, URI.create("http://127.0.0.1:" + port), dataDir.isPresent());
        } catch (RuntimeException e) {
            system.terminate();
            if (dataDir.isPresent()) {
                POOL.close();
            }
            throw e;
        }
    }

    private static ActorRef store(ActorSystem system, String url) {
        var config = new SqlQueuePersistenceConfig(true, "org.h2.Driver", url, "", "", false);
        return system.actorOf(
                Props.create(SqlQueuePersistenceActor.class, config, List$.MODULE$.empty()));
    }

    private static String url(Path dataDir) {
        try {
            Files.createDirectories(dataDir);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep queues in " + dataDir, e);
        }
        // WRITE_DELAY=0: what was acknowledged is on disk, whatever happens to this process.
        return "jdbc:h2:file:%s;WRITE_DELAY=0;TRACE_LEVEL_FILE=0"
                .formatted(dataDir.resolve("sqs").toAbsolutePath());
    }

    private static void restore(ActorRef store, ActorRef manager) {
        try {
            var result =
                    Patterns.ask(store, new QueueEvent.Restore(manager), PATIENCE)
                            .toCompletableFuture()
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (result instanceof Either<?, ?> either && either.isLeft()) {
                throw new IllegalStateException("queues could not be restored: " + either);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while queues were restored", e);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("queues could not be restored", e);
        }
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /** What the other parts may do with its queues. */
    public Queues queues() {
        return queues;
    }

    @Override
    public void close() {
        queues.close();
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("ElasticMQ does not stop", e);
        } finally {
            if (persistent) {
                POOL.close();
            }
        }
    }
}
