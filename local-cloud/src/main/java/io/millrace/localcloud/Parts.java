package io.millrace.localcloud;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.aws.AwsService;
import io.millrace.localcloud.buckets.BucketNotifications;
import io.millrace.localcloud.buckets.EventDestinations;
import io.millrace.localcloud.buckets.S3Server;
import io.millrace.localcloud.front.HealthPage;
import io.millrace.localcloud.front.StartingService;
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
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Handler;

/** The services behind the port, started side by side. */
final class Parts implements AutoCloseable {

    private static final Duration LONG_POLL = Duration.ofSeconds(40);
    private static final Duration ACTIVITY_POLL = Duration.ofSeconds(90);

    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<ElasticMq> queues;
    private final CompletableFuture<DynamoDbLocal> tables;
    private final CompletableFuture<S3Server> buckets;
    private final Topics topics;
    private final Deliveries deliveries;
    private final BucketNotifications notifications;
    private volatile CompletableFuture<Void> provisioned = new CompletableFuture<>();
    private volatile CompletableFuture<Void> tablesProvisioned = new CompletableFuture<>();
    private volatile Optional<URI> states = Optional.empty();

    Parts(Optional<Path> dataDir, URI endpoint) {
        // Platform threads: starting is class loading, which pins the carriers of virtual ones.
        var threads = Thread.ofPlatform().daemon().name("local-cloud-start-", 0).factory();
        Executor executor = task -> threads.newThread(task).start();
        queues = begun.thenApplyAsync(_ -> ElasticMq.start(dataDir), executor);
        tables = begun.thenApplyAsync(_ -> DynamoDbLocal.start(dataDir), executor);
        topics = new Topics(dataDir);
        deliveries =
                new Deliveries(
                        topics,
                        () -> queues.join().queues(),
                        () -> endpoint,
                        InstantSource.system());
        notifications =
                new BucketNotifications(
                        dataDir,
                        new Destinations(queues, topics, deliveries),
                        InstantSource.system());
        buckets = begun.thenApplyAsync(_ -> S3Server.start(dataDir, notifications), executor);
    }

    /** Begins to start all parts beside the caller; their requests wait until they are there. */
    void begin() {
        begun.complete(null);
    }

    /** Says what is to be there before any request is answered. */
    void provisionFirst(Plan plan) {
        tablesProvisioned = provisionTables(plan);
        provisioned = provisionOthers(plan);
    }

    /** Creates what is missing of a plan as soon as its parts are there. */
    CompletableFuture<Void> provision(Plan plan) {
        return CompletableFuture.allOf(provisionTables(plan), provisionOthers(plan));
    }

    private CompletableFuture<Void> provisionTables(Plan plan) {
        return tables.thenAccept(started -> Provisioner.provisionTables(plan, started));
    }

    private CompletableFuture<Void> provisionOthers(Plan plan) {
        return plan.needsTablesOnly()
                ? CompletableFuture.completedFuture(null)
                : queues.thenAcceptBoth(
                        buckets,
                        (mq, s3) ->
                                new Provisioner(mq.queues(), topics, deliveries, s3, notifications)
                                        .provision(plan));
    }

    /** Waits until everything is there. */
    void await() {
        try {
            CompletableFuture.allOf(queues, buckets, provisioned, tablesProvisioned).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    void statesEndpoint(URI endpoint) {
        states = Optional.of(endpoint);
    }

    Map<AwsService, Handler> handlers() {
        return Map.of(
                AwsService.SQS,
                new StartingService(
                        provisioned.thenCombine(
                                queues, (_, mq) -> new Upstream("sqs", mq::address, LONG_POLL))),
                AwsService.DYNAMODB,
                new StartingService(
                        tablesProvisioned.thenCombine(tables, (_, started) -> started.handler())),
                AwsService.S3,
                new StartingService(
                        provisioned.thenCombine(buckets, (_, started) -> started.handler())),
                AwsService.SNS,
                new StartingService(
                        provisioned.thenApply(_ -> new TopicApi(topics, deliveries).handler())),
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
            health.put(AwsService.SQS, state(queues));
            health.put(AwsService.S3, state(buckets));
            health.put(AwsService.DYNAMODB, state(tables));
            if (states.isEmpty()) {
                health.put(AwsService.STATES, "not connected");
            }
            return health;
        });
    }

    private static String state(CompletableFuture<?> part) {
        return part.isCompletedExceptionally() ? "failed" : part.isDone() ? "running" : "starting";
    }

    @Override
    public void close() {
        deliveries.close();
        if (!begun.isDone()) {
            return;
        }
        started(buckets).ifPresent(S3Server::close);
        started(tables).ifPresent(DynamoDbLocal::close);
        started(queues).ifPresent(ElasticMq::close);
    }

    /** Waits for a part's start, however it ends. */
    private static <T> Optional<T> started(CompletableFuture<T> part) {
        return part.handle(
                        (started, failure) -> Optional.ofNullable(failure == null ? started : null))
                .join();
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
