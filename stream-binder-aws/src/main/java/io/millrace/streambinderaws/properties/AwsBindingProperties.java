package io.millrace.streambinderaws.properties;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;

/**
 * What can be set for a binding beyond what every binder knows. With the prefix it has here it is
 * set for all bindings.
 */
@ConfigurationProperties("spring.cloud.stream.aws.default")
public class AwsBindingProperties implements BinderSpecificPropertiesProvider {

    @NestedConfigurationProperty
    private AwsConsumerProperties consumer = new AwsConsumerProperties();

    @NestedConfigurationProperty
    private AwsProducerProperties producer = new AwsProducerProperties();

    @Override
    public AwsConsumerProperties getConsumer() {
        return consumer;
    }

    public void setConsumer(AwsConsumerProperties consumer) {
        this.consumer = consumer;
    }

    @Override
    public AwsProducerProperties getProducer() {
        return producer;
    }

    public void setProducer(AwsProducerProperties producer) {
        this.producer = producer;
    }
}
