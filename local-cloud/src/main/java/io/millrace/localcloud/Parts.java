package io.millrace.localcloud;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.aws.AwsService;
import io.millrace.localcloud.buckets.BucketNotifications;
import io.millrace.localcloud.buckets.EventDestinations;
import io.millrace.localcloud.buckets.S3Server;
import io.millrace.localcloud.front.HealthPage;
import io.millrace.localcloud.front.Upstream;
import io.millrace.localcloud.identity.CallerIdentity;
import io.millrace.localcloud.provisioning.Plan;
import io.millrace.localcloud.provisioning.Provisioner;
import io.millrace.localcloud.queues.ElasticMq;
import io.millrace.localcloud.queues.QueueMessage;
import io.millrace.localcloud.tables.DynamoDbLocal;
import io.millrace.localcloud.topics.Deliveries;
import io.millrace.localcloud.topics.Publication;
import io.millrace.localcloud.topics.TopicApi;
import io.millrace.localcloud.topics.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;

/** The services behind the port, started side by side. */
final class Parts implements AutoCloseable {

    private static final Duration LONG_POLL = Duration.ofSeconds(40);
    private static final Duration ACTIVITY_POLL = Duration.ofSeconds(90);

    private final ElasticMq queues;
    private final DynamoDbLocal tables;
    private final S3Server buckets;
    private final Topics topics;
    private final Deliveries deliveries;
    private volatile Optional<URI> states = Optional.empty();

    private Parts(
            ElasticMq queues,
            DynamoDbLocal tables,
            S3Server buckets,
            Topics topics,
            Deliveries deliveries) {
        this.queues = queues;
        this.tables = tables;
        this.buckets = buckets;
        this.topics = topics;
        this.deliveries = deliveries;
    }

    /** Starts all parts and provisions them. */
    static Parts start(Optional<Path> dataDir, URI endpoint, Supplier<Plan> planning) {
        // Platform threads: starting is class loading, which pins the carriers of virtual ones.
        var threads = Thread.ofPlatform().name("local-cloud-start-", 0).factory();
        try (var executor = Executors.newThreadPerTaskExecutor(threads)) {
            var queues = supplyAsync(() -> ElasticMq.start(dataDir), executor);
            var tables = supplyAsync(() -> DynamoDbLocal.start(dataDir), executor);
            var topics = new Topics(dataDir);
            var deliveries =
                    new Deliveries(
                            topics,
                            () -> queues.join().queues(),
                            () -> endpoint,
                            InstantSource.system());
            var notifications =
                    new BucketNotifications(
                            dataDir,
                            new Destinations(queues, topics, deliveries),
                            InstantSource.system());
            var buckets = supplyAsync(() -> S3Server.start(dataDir, notifications), executor);
            try {
                var plan = planning.get();
                var tablesReady =
                        tables.thenAcceptAsync(
                                started -> Provisioner.provisionTables(plan, started), executor);
                new Provisioner(
                                queues.join().queues(),
                                topics,
                                deliveries,
                                buckets.join(),
                                notifications)
                        .provision(plan);
                tablesReady.join();
                return new Parts(queues.join(), tables.join(), buckets.join(), topics, deliveries);
            } catch (RuntimeException e) {
                started(queues).ifPresent(ElasticMq::close);
                started(tables).ifPresent(DynamoDbLocal::close);
                started(buckets).ifPresent(S3Server::close);
                throw e instanceof CompletionException
                                && e.getCause() instanceof RuntimeException cause
                        ? cause
                        : e;
            }
        }
    }

    /** Waits for a part's start, however it ends. */
    private static <T> Optional<T> started(CompletableFuture<T> part) {
        return part.handle(
                        (started, failure) -> Optional.ofNullable(failure == null ? started : null))
                .join();
    }

    void statesEndpoint(URI endpoint) {
        states = Optional.of(endpoint);
    }

    Map<AwsService, Handler> handlers() {
        return Map.of(
                AwsService.SQS,
                new Upstream("sqs", queues::address, LONG_POLL),
                AwsService.DYNAMODB,
                tables.handler(),
                AwsService.S3,
                buckets.handler(),
                AwsService.SNS,
                new TopicApi(topics, deliveries).handler(),
                AwsService.STS,
                CallerIdentity.handler(),
                AwsService.STATES,
                new Upstream("states", this::states, ACTIVITY_POLL));
    }

    private URI states() {
        return states.orElseThrow(() ->
                AwsError.unavailable(
                        "nobody answers Step Functions yet: start the orchestrator"
                                + " and tell local-cloud where it is"
                                + " (--states-endpoint)"));
    }

    HealthPage health() {
        return new HealthPage(() -> {
            var health = new TreeMap<AwsService, String>();
            for (var service : AwsService.values()) {
                health.put(service, "running");
            }
            if (states.isEmpty()) {
                health.put(AwsService.STATES, "not connected");
            }
            return health;
        });
    }

    @Override
    public void close() {
        deliveries.close();
        buckets.close();
        tables.close();
        queues.close();
    }

    /** Queues and topics as destinations of bucket notifications. */
    private record Destinations(
            CompletableFuture<ElasticMq> queues, Topics topics, Deliveries deliveries)
            implements EventDestinations {

        @Override
        public boolean exists(String arn) {
            return isTopic(arn) ? topics.exists(arn) : queues.join().queues().exists(arn);
        }

        @Override
        public void send(String arn, String message) {
            if (isTopic(arn)) {
                deliveries.publish(arn, List.of(Publication.of("Amazon S3 Notification", message)));
            } else {
                queues.join().queues().send(arn, QueueMessage.of(message));
            }
        }

        private static boolean isTopic(String arn) {
            return arn.startsWith("arn:aws:sns:");
        }
    }
}
