package io.millrace.streambinderaws.provisioning;

import io.millrace.streambinderaws.properties.AwsConsumerProperties;
import io.millrace.streambinderaws.properties.AwsProducerProperties;
import io.millrace.streambinderaws.properties.DestinationType;
import io.millrace.streambinderaws.properties.Provisioning;
import io.millrace.streambinderaws.provisioning.QueueDestination.Subscription;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;
import org.springframework.cloud.stream.provisioning.ProvisioningException;
import org.springframework.cloud.stream.provisioning.ProvisioningProvider;
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

    /**
     * @param sns asked for only if a binding names a topic
     */
    public AwsProvisioner(SqsAsyncClient sqs, Supplier<SnsClient> sns, Provisioning mode) {
        this.queues = new Queues(sqs);
        this.topics = new Topics(sns);
        this.mode = mode;
    }

    @Override
    public ProducerDestination provisionProducerDestination(
            String name, ExtendedProducerProperties<AwsProducerProperties> properties) {
        if (properties.getExtension().getDestinationType() == DestinationType.TOPIC) {
            return new TopicDestination(name, topic(name));
        }
        if (mode != Provisioning.NONE) {
            queue(name, null);
        }
        return new QueueDestination(name, Optional.empty(), Optional.empty());
    }

    @Override
    public ConsumerDestination provisionConsumerDestination(
            String name,
            @Nullable String group,
            ExtendedConsumerProperties<AwsConsumerProperties> properties) {
        var consumer = properties.getExtension();
        return consumer.getDestinationType() == DestinationType.TOPIC
                ? subscribed(name, group, consumer)
                : consumed(name, consumer, Optional.empty());
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

    private QueueDestination subscribed(
            String topic, @Nullable String group, AwsConsumerProperties consumer) {
        var anonymous = group == null || group.isBlank();
        var queue = topic + "-" + (anonymous ? "anonymous-" + UUID.randomUUID() : group);
        if (mode == Provisioning.NONE || (mode == Provisioning.VALIDATE && !anonymous)) {
            return consumed(queue, consumer, Optional.empty());
        }
        var topicArn = topic(topic);
        var url = queues.findOrCreate(queue, consumer);
        var queueArn = queues.attribute(url, QueueAttributeName.QUEUE_ARN);
        queues.allowTopic(url, queueArn, topicArn);
        var subscription = topics.subscribe(topicArn, queueArn);
        return consumed(
                queue,
                consumer,
                anonymous ? Optional.of(new Subscription(subscription)) : Optional.empty());
    }

    private QueueDestination consumed(
            String name, AwsConsumerProperties consumer, Optional<Subscription> temporary) {
        if (mode == Provisioning.NONE) {
            return new QueueDestination(name, Optional.empty(), temporary);
        }
        var url = queue(name, consumer);
        var policy = queues.attribute(url, QueueAttributeName.REDRIVE_POLICY);
        return new QueueDestination(name, RedrivePolicy.read(policy), temporary);
    }

    private String queue(String name, @Nullable AwsConsumerProperties consumer) {
        return mode == Provisioning.CREATE
                ? queues.findOrCreate(name, consumer)
                : queues.url(name).orElseThrow(() -> missing("queue", name));
    }

    private String topic(String name) {
        return mode == Provisioning.CREATE
                ? topics.create(name)
                : topics.arn(name).orElseThrow(() -> missing("topic", name));
    }

    private static ProvisioningException missing(String what, String name) {
        return new ProvisioningException(
                ("there is no %s '%s'; create it, or set"
                                + " spring.cloud.stream.aws.binder.provisioning=create")
                        .formatted(what, name));
    }
}
