package io.millrace.localcloud.provisioning;

import io.millrace.cloudresources.Resource;
import io.millrace.cloudresources.ResourceTemplate;
import io.millrace.localcloud.buckets.BucketNotifications;
import io.millrace.localcloud.buckets.S3Server;
import io.millrace.localcloud.queues.Queues;
import io.millrace.localcloud.tables.DynamoDbLocal;
import io.millrace.localcloud.topics.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Brings about what a template declares. The whole template is read before anything is created, so
 * a mistake in it leaves nothing behind; what is there already stays as it is.
 */
public final class Provisioner {

    private final Queues queues;
    private final Topics topics;
    private final S3Server buckets;
    private final BucketNotifications notifications;
    private final DynamoDbLocal tables;

    public Provisioner(
            Queues queues,
            Topics topics,
            S3Server buckets,
            BucketNotifications notifications,
            DynamoDbLocal tables) {
        this.queues = queues;
        this.topics = topics;
        this.buckets = buckets;
        this.notifications = notifications;
        this.tables = tables;
    }

    /**
     * Creates what is missing.
     *
     * @throws IllegalArgumentException naming the resource, its type and the property, if the
     *     template holds what is not understood
     */
    public void provision(ResourceTemplate template) {
        plan(template.resources()).forEach(Runnable::run);
    }

    private List<Runnable> plan(List<Resource> resources) {
        var steps = new ArrayList<Runnable>();
        var existingQueues = queues.names();
        var existingTables = tables.names();
        for (var resource : resources) {
            switch (resource.type()) {
                case "AWS::SQS::Queue" -> {
                    var queue = QueueDeclaration.of(resource);
                    if (!existingQueues.contains(queue.name())) {
                        steps.add(() ->
                                queues.create(queue.name(), queue.attributes(), queue.tags()));
                    }
                }
                // Who may send: here everybody may.
                case "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy" ->
                        policy(resource);
                case "AWS::SNS::Topic" -> steps.add(topic(resource));
                case "AWS::SNS::Subscription" -> steps.add(subscription(resource));
                case "AWS::S3::Bucket" -> steps.add(bucket(resource));
                case "AWS::DynamoDB::Table" -> {
                    var declared = TableDeclaration.of(resource);
                    if (!existingTables.contains(declared.table().tableName())) {
                        steps.add(() -> tables.create(declared.table(), declared.timeToLive()));
                    }
                }
                default ->
                        throw new IllegalArgumentException(
                                "%s is of type %s, which local-cloud does not understand"
                                        .formatted(resource.logicalId(), resource.type()));
            }
        }
        return steps;
    }

    private static void policy(Resource resource) {
        var declared = Declared.of(resource);
        declared.ignore("Queues", "Topics", "Bucket", "PolicyDocument");
        declared.complete();
    }

    private Runnable topic(Resource resource) {
        var declared = Declared.of(resource);
        var name = declared.required("TopicName");
        var attributes = new LinkedHashMap<String, String>();
        for (var attribute : List.of("DisplayName", "FifoTopic", "ContentBasedDeduplication")) {
            declared.text(attribute).ifPresent(value -> attributes.put(attribute, value));
        }
        var tags = declared.tags();
        var inline = declared.parts("Subscription");
        declared.ignore("KmsMasterKeyId", "TracingConfig", "SignatureVersion");
        declared.complete();
        var subscriptions = new ArrayList<List<String>>();
        for (var each : inline) {
            subscriptions.add(List.of(each.required("Protocol"), each.required("Endpoint")));
            each.complete();
        }
        return () -> {
            var arn = topics.create(name, attributes, tags);
            subscriptions.forEach(each ->
                    topics.subscribe(arn, each.getFirst(), each.getLast(), java.util.Map.of()));
        };
    }

    private Runnable subscription(Resource resource) {
        var declared = Declared.of(resource);
        var topicArn = declared.required("TopicArn");
        var protocol = declared.required("Protocol");
        var endpoint = declared.required("Endpoint");
        var attributes = new LinkedHashMap<String, String>();
        for (var name : List.of("RawMessageDelivery", "FilterPolicyScope")) {
            declared.text(name).ifPresent(value -> attributes.put(name, value));
        }
        for (var name : List.of("FilterPolicy", "RedrivePolicy")) {
            declared.get(name).ifPresent(value -> attributes.put(name, Json.text(value)));
        }
        declared.ignore("Region");
        declared.complete();
        return () -> topics.subscribe(topicArn, protocol, endpoint, attributes);
    }

    private Runnable bucket(Resource resource) {
        var declared = BucketDeclaration.of(resource);
        return () -> {
            if (!buckets.exists(declared.name())) {
                buckets.create(declared.name());
            }
            if (notifications.of(declared.name()).isEmpty()
                    && !declared.notifications().isEmpty()) {
                notifications.configure(declared.name(), declared.notifications());
            }
        };
    }
}
