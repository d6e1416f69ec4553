package io.millrace.streambinderaws;

import io.micrometer.observation.ObservationRegistry;
import io.millrace.streambinderaws.consumer.QueueConsumer;
import io.millrace.streambinderaws.producer.QueueProducer;
import io.millrace.streambinderaws.producer.TopicProducer;
import io.millrace.streambinderaws.properties.AwsConsumerProperties;
import io.millrace.streambinderaws.properties.AwsExtendedBindingProperties;
import io.millrace.streambinderaws.properties.AwsProducerProperties;
import io.millrace.streambinderaws.provisioning.AwsProvisioner;
import io.millrace.streambinderaws.provisioning.QueueDestination;
import io.millrace.streambinderaws.provisioning.TopicDestination;
import java.util.function.Supplier;
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
    private final ObservationRegistry observations;

    /**
     * @param sns asked for only if a binding names a topic
     */
    public AwsMessageBinder(
            SqsAsyncClient sqs,
            Supplier<SnsClient> sns,
            AwsProvisioner provisioner,
            AwsExtendedBindingProperties extended,
            ObservationRegistry observations) {
        super(new String[0], provisioner);
        this.sqs = sqs;
        this.sns = sns;
        this.provisioner = provisioner;
        this.extended = extended;
        this.observations = observations;
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
                                    sns.get(), topic, properties.getExtension(), observations);
                    default ->
                            new QueueProducer(
                                    sqs,
                                    destination.getName(),
                                    () -> provisioner.queueUrl(destination.getName()),
                                    properties.getExtension(),
                                    observations);
                };
        handler.setBeanFactory(getBeanFactory());
        return handler;
    }

    @Override
    protected MessageProducer createConsumerEndpoint(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<AwsConsumerProperties> properties) {
        var retries = properties.getMaxAttempts() > 1 ? buildRetryTemplate(properties) : null;
        var consumer =
                new QueueConsumer(
                        sqs, (QueueDestination) destination, properties, observations, retries);
        consumer.setBeanFactory(getBeanFactory());
        return consumer;
    }

    @Override
    protected void afterUnbindConsumer(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<AwsConsumerProperties> properties) {
        provisioner.release(destination);
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
