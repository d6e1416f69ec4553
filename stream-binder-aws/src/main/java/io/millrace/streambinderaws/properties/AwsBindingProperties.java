package io.millrace.streambinderaws.properties;

import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;

/** What can be set for a binding beyond what every binder knows. */
public class AwsBindingProperties implements BinderSpecificPropertiesProvider {

    private AwsConsumerProperties consumer = new AwsConsumerProperties();
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
