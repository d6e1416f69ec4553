package io.millrace.streambinderaws.provisioning;

import io.millrace.streambinderaws.properties.AwsConsumerProperties;
import io.millrace.streambinderaws.properties.AwsProducerProperties;
import io.millrace.streambinderaws.properties.DestinationType;
import io.millrace.streambinderaws.properties.Provisioning;
import io.millrace.streambinderaws.provisioning.QueueDestination.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;
import org.springframework.cloud.stream.provisioning.ProvisioningException;
import org.springframework.cloud.stream.provisioning.ProvisioningProvider;
import org.springframework.util.function.SingletonSupplier;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Turns the names in bindings into queues and topics that are there. */
public final class AwsProvisioner
        implements ProvisioningProvider<
                ExtendedConsumerProperties<AwsConsumerProperties>,
                ExtendedProducerProperties<AwsProducerProperties>> {

    private final Queues queues;
    private final Topics topics;
    private final Provisioning mode;
    private final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();

    /**
     * @param sns asked for only if a binding names a topic
     */
    public AwsProvisioner(SqsAsyncClient sqs, Supplier<SnsClient> sns, Provisioning mode) {
        this.queues = new Queues(sqs);
        this.topics = new Topics(sns);
        this.mode = mode;
    }

    /** Why the last attempt for a binding failed, by the binding's name. */
    public Map<String, RuntimeException> failures() {
        return Map.copyOf(failures);
    }

    @Override
    public ProducerDestination provisionProducerDestination(
            String name, ExtendedProducerProperties<AwsProducerProperties> properties) {
        return noting(properties.getBindingName(), () -> produced(name, properties));
    }

    @Override
    public ConsumerDestination provisionConsumerDestination(
            String name,
            @Nullable String group,
            ExtendedConsumerProperties<AwsConsumerProperties> properties) {
        return noting(properties.getBindingName(), () -> consumed(name, group, properties));
    }

    private <D> D noting(@Nullable String binding, Supplier<D> attempt) {
        var name = binding == null ? "" : binding;
        try {
            var destination = attempt.get();
            failures.remove(name);
            return destination;
        } catch (RuntimeException e) {
            failures.put(name, e);
            throw e;
        }
    }

    private ProducerDestination produced(
            String name, ExtendedProducerProperties<AwsProducerProperties> properties) {
        if (properties.getExtension().getDestinationType() == DestinationType.TOPIC) {
            var topic = destination(name);
            for (var group : properties.getRequiredGroups()) {
                partitions(properties).forEach(partition -> requiredQueue(topic, group, partition));
            }
            return topic;
        }
        if (mode == Provisioning.CREATE || mode == Provisioning.VALIDATE) {
            partitions(properties).forEach(partition -> queue(partitioned(name, partition), null));
        }
        return QueueDestination.named(name);
    }

    private ConsumerDestination consumed(
            String name,
            @Nullable String group,
            ExtendedConsumerProperties<AwsConsumerProperties> properties) {
        var consumer = properties.getExtension();
        var partition =
                properties.isPartitioned()
                        ? OptionalInt.of(properties.getInstanceIndex())
                        : OptionalInt.empty();
        return consumer.getDestinationType() == DestinationType.TOPIC
                ? subscribed(name, group, partition, consumer)
                : consumed(partitioned(name, partition), consumer, Optional.empty());
    }

    /** Ends what lives only as long as its binding. */
    public void release(ConsumerDestination destination) {
        if (destination instanceof QueueDestination queue) {
            queue.temporary()
                    .ifPresent(subscription -> {
                        topics.unsubscribe(subscription.arn());
                        queues.delete(queue.name());
                    });
        }
    }

    /** The URL of a queue that is known to be there. */
    public String queueUrl(String name) {
        return queues.url(name).orElseThrow(() -> missing("queue", name));
    }

    /** How many messages a queue holds. */
    public CompletableFuture<QueueDepth> depth(String name) {
        return queues.depth(name);
    }

    private QueueDestination subscribed(
            String topic,
            @Nullable String group,
            OptionalInt partition,
            AwsConsumerProperties consumer) {
        if (group == null || group.isBlank()) {
            var queue = QueueNames.ofAnonymous(topic);
            var known = destination(topic);
            queues.findOrCreate(queue, consumer);
            var subscription = subscribe(known, queue, partition);
            return consumed(queue, consumer, Optional.of(subscription));
        }
        var queue = partitioned(QueueNames.ofGroup(topic, group), partition);
        if (mode == Provisioning.CREATE) {
            queues.findOrCreate(queue, consumer);
            subscribe(destination(topic), queue, partition);
        }
        return consumed(queue, consumer, Optional.empty());
    }

    /** A group that is to receive what is sent before its first consumer comes. */
    private void requiredQueue(TopicDestination topic, String group, OptionalInt partition) {
        var queue = partitioned(QueueNames.ofGroup(topic.name(), group), partition);
        switch (mode) {
            case CREATE -> {
                queues.findOrCreate(queue, null);
                subscribe(topic, queue, partition);
            }
            case VALIDATE -> queueUrl(queue);
            case VALIDATE_ON_USE, NONE -> {}
        }
    }

    private Subscription subscribe(TopicDestination topic, String queue, OptionalInt partition) {
        var url = queueUrl(queue);
        var queueArn = queues.arn(url);
        queues.allowTopic(url, queueArn, topic.arn());
        return new Subscription(topics.subscribe(topic.arn(), queueArn, partition));
    }

    private QueueDestination consumed(
            String name, AwsConsumerProperties consumer, Optional<Subscription> temporary) {
        return switch (mode) {
            case CREATE, VALIDATE ->
                    QueueDestination.known(name, attributes(name, consumer), temporary);
            case VALIDATE_ON_USE ->
                    new QueueDestination(
                            name,
                            SingletonSupplier.of(() -> attributes(name, consumer)),
                            temporary);
            case NONE ->
                    QueueDestination.known(
                            name,
                            new QueueDestination.Attributes(
                                    Optional.empty(),
                                    Optional.ofNullable(consumer.getVisibilityTimeout())),
                            temporary);
        };
    }

    private QueueDestination.Attributes attributes(String name, AwsConsumerProperties consumer) {
        var attributes =
                queues.attributes(
                        queue(name, consumer),
                        QueueAttributeName.REDRIVE_POLICY,
                        QueueAttributeName.VISIBILITY_TIMEOUT);
        return new QueueDestination.Attributes(
                RedrivePolicy.read(attributes.get(QueueAttributeName.REDRIVE_POLICY)),
                Optional.ofNullable(consumer.getVisibilityTimeout())
                        .or(() ->
                                Optional.ofNullable(
                                                attributes.get(
                                                        QueueAttributeName.VISIBILITY_TIMEOUT))
                                        .map(seconds ->
                                                Duration.ofSeconds(Long.parseLong(seconds)))));
    }

    private String queue(String name, @Nullable AwsConsumerProperties consumer) {
        return mode == Provisioning.CREATE ? queues.findOrCreate(name, consumer) : queueUrl(name);
    }

    private TopicDestination destination(String topic) {
        if (mode == Provisioning.VALIDATE_ON_USE) {
            return new TopicDestination(topic, SingletonSupplier.of(() -> topic(topic)));
        }
        var arn = topic(topic);
        return new TopicDestination(topic, () -> arn);
    }

    private String topic(String name) {
        return mode == Provisioning.CREATE
                ? topics.create(name)
                : topics.arn(name).orElseThrow(() -> missing("topic", name));
    }

    private static Stream<OptionalInt> partitions(
            ExtendedProducerProperties<AwsProducerProperties> properties) {
        return properties.isPartitioned()
                ? IntStream.range(0, properties.getPartitionCount()).mapToObj(OptionalInt::of)
                : Stream.of(OptionalInt.empty());
    }

    private static String partitioned(String name, OptionalInt partition) {
        return partition.isPresent() ? QueueNames.ofPartition(name, partition.getAsInt()) : name;
    }

    private static ProvisioningException missing(String what, String name) {
        return new ProvisioningException(
                ("there is no %s '%s'; create it, or set"
                                + " spring.cloud.stream.aws.binder.provisioning=create")
                        .formatted(what, name));
    }
}
