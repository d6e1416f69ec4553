package io.millrace.streambinderaws;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.millrace.streambinderaws.consumer.ConsumerState;
import io.millrace.streambinderaws.consumer.OrphanedPolls;
import io.millrace.streambinderaws.monitoring.AwsBinderHealthIndicator;
import io.millrace.streambinderaws.monitoring.BinderMetrics;
import io.millrace.streambinderaws.monitoring.QueueDepths;
import io.millrace.streambinderaws.payload.PayloadStore;
import io.millrace.streambinderaws.payload.S3PayloadStore;
import io.millrace.streambinderaws.properties.AwsBinderProperties;
import io.millrace.streambinderaws.properties.AwsExtendedBindingProperties;
import io.millrace.streambinderaws.provisioning.AwsProvisioner;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;
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

    /** Is closed after the binder and before the client. */
    @Bean
    OrphanedPolls awsOrphanedPolls(SqsAsyncClient sqs, AwsBinderProperties properties) {
        return new OrphanedPolls(sqs, properties.pollShutdownTimeout());
    }

    @Bean
    AwsMessageBinder awsMessageBinder(
            SqsAsyncClient sqs,
            ObjectProvider<SnsClient> sns,
            AwsProvisioner provisioner,
            AwsExtendedBindingProperties extended,
            ObjectProvider<PayloadStore> payloads,
            ObjectProvider<ObservationRegistry> observations,
            OrphanedPolls orphans,
            ObjectProvider<ConsumerListener> listeners) {
        return new AwsMessageBinder(
                sqs,
                sns::getObject,
                provisioner,
                extended,
                payloads.getIfAvailable(PayloadStore::missing),
                observations.getIfAvailable(() -> ObservationRegistry.NOOP),
                orphans,
                consumer -> listeners.forEach(listener -> listener.accept(consumer)));
    }

    /** Is told of each consumer that is bound. */
    @FunctionalInterface
    interface ConsumerListener extends Consumer<ConsumerState> {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(S3Client.class)
    static class PayloadConfiguration {

        @Bean
        PayloadStore awsBinderPayloads(ObjectProvider<S3Client> s3) {
            return new S3PayloadStore(s3::getObject);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class HealthConfiguration {

        @Bean
        AwsBinderHealthIndicator awsBinderHealthIndicator(AwsMessageBinder binder) {
            return new AwsBinderHealthIndicator(binder);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class MetricsConfiguration {

        @Bean
        ConsumerListener awsBinderMetrics(
                ObjectProvider<MeterRegistry> registries,
                AwsProvisioner provisioner,
                AwsBinderProperties properties) {
            var depths = new QueueDepths(provisioner::depth, InstantSource.system());
            return consumer ->
                    registries.forEach(registry ->
                            new BinderMetrics(registry, depths, properties.measuredQueues())
                                    .accept(consumer));
        }
    }
}
