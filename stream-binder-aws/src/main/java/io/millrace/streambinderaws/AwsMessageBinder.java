package io.millrace.streambinderaws;

import io.micrometer.observation.ObservationRegistry;
import io.millrace.streambinderaws.consumer.ConsumerState;
import io.millrace.streambinderaws.consumer.OrphanedPolls;
import io.millrace.streambinderaws.consumer.QueueConsumer;
import io.millrace.streambinderaws.payload.PayloadStore;
import io.millrace.streambinderaws.producer.PartitionedProducer;
import io.millrace.streambinderaws.producer.QueueProducer;
import io.millrace.streambinderaws.producer.TopicProducer;
import io.millrace.streambinderaws.properties.AwsConsumerProperties;
import io.millrace.streambinderaws.properties.AwsExtendedBindingProperties;
import io.millrace.streambinderaws.properties.AwsProducerProperties;
import io.millrace.streambinderaws.provisioning.AwsProvisioner;
import io.millrace.streambinderaws.provisioning.QueueDestination;
import io.millrace.streambinderaws.provisioning.TopicDestination;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.AbstractMessageChannelBinder;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.binder.ExtendedPropertiesBinder;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;
import org.springframework.integration.core.MessageProducer;
import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Binds channels to SQS queues and SNS topics. */
public final class AwsMessageBinder
        extends AbstractMessageChannelBinder<
                ExtendedConsumerProperties<AwsConsumerProperties>,
                ExtendedProducerProperties<AwsProducerProperties>,
                AwsProvisioner>
        implements ExtendedPropertiesBinder<
                MessageChannel, AwsConsumerProperties, AwsProducerProperties> {

    private final SqsAsyncClient sqs;
    private final Supplier<SnsClient> sns;
    private final AwsProvisioner provisioner;
    private final AwsExtendedBindingProperties extended;
    private final PayloadStore payloads;
    private final ObservationRegistry observations;
    private final OrphanedPolls orphans;
    private final Consumer<ConsumerState> listener;
    private final List<ConsumerState> consumers = new CopyOnWriteArrayList<>();
    private final Map<String, QueueConsumer> byQueue = new ConcurrentHashMap<>();

    /**
     * @param sns asked for only if a binding names a topic
     * @param orphans what becomes of the polls of consumers that stop
     * @param listener is told of each consumer that is bound
     */
    public AwsMessageBinder(
            SqsAsyncClient sqs,
            Supplier<SnsClient> sns,
            AwsProvisioner provisioner,
            AwsExtendedBindingProperties extended,
            PayloadStore payloads,
            ObservationRegistry observations,
            OrphanedPolls orphans,
            Consumer<ConsumerState> listener) {
        super(new String[0], provisioner);
        this.sqs = sqs;
        this.sns = sns;
        this.provisioner = provisioner;
        this.extended = extended;
        this.payloads = payloads;
        this.observations = observations;
        this.orphans = orphans;
        this.listener = listener;
    }

    @Override
    protected MessageHandler createProducerMessageHandler(
            ProducerDestination destination,
            ExtendedProducerProperties<AwsProducerProperties> properties,
            @Nullable MessageChannel errorChannel) {
        AbstractMessageHandler handler =
                switch (destination) {
                    case TopicDestination topic ->
                            new TopicProducer(
                                    sns, topic, properties.getExtension(), payloads, observations);
                    default ->
                            properties.isPartitioned()
                                    ? partitions(destination, properties)
                                    : toQueue(destination.getName(), properties);
                };
        handler.setBeanFactory(getBeanFactory());
        return handler;
    }

    private PartitionedProducer partitions(
            ProducerDestination destination,
            ExtendedProducerProperties<AwsProducerProperties> properties) {
        return new PartitionedProducer(
                IntStream.range(0, properties.getPartitionCount())
                        .mapToObj(destination::getNameForPartition)
                        .map(queue -> toQueue(queue, properties))
                        .toList());
    }

    private QueueProducer toQueue(
            String queue, ExtendedProducerProperties<AwsProducerProperties> properties) {
        return new QueueProducer(
                sqs,
                queue,
                () -> provisioner.queueUrl(queue),
                properties.getExtension(),
                payloads,
                observations);
    }

    @Override
    protected MessageProducer createConsumerEndpoint(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<AwsConsumerProperties> properties) {
        var retries =
                properties.getExtension().isRetryInProcess()
                        ? buildRetryTemplate(properties)
                        : null;
        var consumer =
                new QueueConsumer(
                        sqs,
                        (QueueDestination) destination,
                        group,
                        properties,
                        payloads,
                        observations,
                        orphans,
                        retries);
        consumer.setBeanFactory(getBeanFactory());
        consumers.add(consumer.state());
        byQueue.put(destination.getName(), consumer);
        listener.accept(consumer.state());
        return consumer;
    }

    @Override
    protected void afterUnbindConsumer(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<AwsConsumerProperties> properties) {
        consumers.removeIf(
                consumer -> consumer.queue().equals(destination.getName()) && !consumer.running());
        provisioner.release(destination);
    }

    /**
     * Hands messages that another has received, such as AWS Lambda's event source mapping, to the
     * binding of their queue, which need not be started. Deletes none of them.
     *
     * @return the ids of those that are to come back
     * @throws IllegalArgumentException if no binding consumes the queue
     */
    public List<String> deliver(String queue, List<Message> received) {
        var consumer = byQueue.get(queue);
        if (consumer == null) {
            throw new IllegalArgumentException(
                    "no binding consumes the queue %s; there are bindings for %s"
                            .formatted(queue, byQueue.keySet()));
        }
        return consumer.deliver(received);
    }

    /** The consumers that are bound, running or stopped. */
    public List<ConsumerState> consumers() {
        return List.copyOf(consumers);
    }

    /** Why bindings are not bound, by their names; Spring Cloud Stream tries them again. */
    public Map<String, RuntimeException> unbound() {
        return provisioner.failures();
    }

    @Override
    public AwsConsumerProperties getExtendedConsumerProperties(String channelName) {
        return extended.getExtendedConsumerProperties(channelName);
    }

    @Override
    public AwsProducerProperties getExtendedProducerProperties(String channelName) {
        return extended.getExtendedProducerProperties(channelName);
    }

    @Override
    public String getDefaultsPrefix() {
        return extended.getDefaultsPrefix();
    }

    @Override
    public Class<? extends BinderSpecificPropertiesProvider> getExtendedPropertiesEntryClass() {
        return extended.getExtendedPropertiesEntryClass();
    }
}
