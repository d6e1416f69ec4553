package io.millrace.streambinderaws;

import io.micrometer.observation.ObservationRegistry;
import io.millrace.streambinderaws.properties.AwsBinderProperties;
import io.millrace.streambinderaws.properties.AwsExtendedBindingProperties;
import io.millrace.streambinderaws.provisioning.AwsProvisioner;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** The binder {@code aws}; its clients are those of the application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AwsBinderProperties.class, AwsExtendedBindingProperties.class})
public class AwsBinderConfiguration {

    @Bean
    AwsProvisioner awsProvisioner(
            SqsAsyncClient sqs, ObjectProvider<SnsClient> sns, AwsBinderProperties properties) {
        return new AwsProvisioner(sqs, sns::getObject, properties.provisioning());
    }

    @Bean
    AwsMessageBinder awsMessageBinder(
            SqsAsyncClient sqs,
            ObjectProvider<SnsClient> sns,
            AwsProvisioner provisioner,
            AwsExtendedBindingProperties extended,
            ObjectProvider<ObservationRegistry> observations) {
        return new AwsMessageBinder(
                sqs,
                sns::getObject,
                provisioner,
                extended,
                observations.getIfAvailable(() -> ObservationRegistry.NOOP));
    }
}
