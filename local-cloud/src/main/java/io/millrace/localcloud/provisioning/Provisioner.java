package io.millrace.localcloud.provisioning;

import io.millrace.localcloud.buckets.BucketNotifications;
import io.millrace.localcloud.buckets.S3Server;
import io.millrace.localcloud.queues.Queues;
import io.millrace.localcloud.tables.DynamoDbLocal;
import io.millrace.localcloud.topics.Deliveries;
import io.millrace.localcloud.topics.Topics;
import java.util.Map;
import java.util.Set;

/** Brings about what is planned; what is there already stays as it is. */
public final class Provisioner {

    private final Queues queues;
    private final Topics topics;
    private final Deliveries deliveries;
    private final S3Server buckets;
    private final BucketNotifications notifications;

    public Provisioner(
            Queues queues,
            Topics topics,
            Deliveries deliveries,
            S3Server buckets,
            BucketNotifications notifications) {
        this.queues = queues;
        this.topics = topics;
        this.deliveries = deliveries;
        this.buckets = buckets;
        this.notifications = notifications;
    }

    /** Creates the tables that are missing; nothing else depends on them. */
    public static void provisionTables(Plan plan, DynamoDbLocal tables) {
        var existing = tables.names();
        for (var declaration : plan.declarations()) {
            if (declaration instanceof TableDeclaration(var table, var timeToLive)
                    && !existing.contains(table.tableName())) {
                tables.create(table, timeToLive);
            }
        }
    }

    /** Creates everything but tables that is missing. */
    public void provision(Plan plan) {
        var existing = queues.names();
        for (var declaration : plan.declarations()) {
            switch (declaration) {
                case QueueDeclaration queue -> create(queue, existing);
                case TopicDeclaration topic -> create(topic);
                case SubscriptionDeclaration(
                                var topic,
                                var protocol,
                                var endpoint,
                                var attributes) ->
                        deliveries.subscribe(topic, protocol, endpoint, attributes);
                case BucketDeclaration bucket -> create(bucket);
                case TableDeclaration _ -> {}
            }
        }
    }

    private void create(QueueDeclaration queue, Set<String> existing) {
        if (!existing.contains(queue.name())) {
            queues.create(queue.name(), queue.attributes(), queue.tags());
        }
    }

    private void create(TopicDeclaration topic) {
        var arn = topics.create(topic.name(), topic.attributes(), topic.tags());
        for (var endpoint : topic.endpoints()) {
            deliveries.subscribe(arn, endpoint.protocol(), endpoint.address(), Map.of());
        }
    }

    private void create(BucketDeclaration bucket) {
        if (!buckets.exists(bucket.name())) {
            buckets.create(bucket.name());
        }
        if (notifications.of(bucket.name()).isEmpty() && !bucket.notifications().isEmpty()) {
            notifications.configure(bucket.name(), bucket.notifications());
        }
    }
}
