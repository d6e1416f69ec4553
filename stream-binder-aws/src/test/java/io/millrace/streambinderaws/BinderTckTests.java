package io.millrace.streambinderaws;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.millrace.streambinderaws.consumer.OrphanedPolls;
import io.millrace.streambinderaws.payload.PayloadStore;
import io.millrace.streambinderaws.properties.AwsConsumerProperties;
import io.millrace.streambinderaws.properties.AwsExtendedBindingProperties;
import io.millrace.streambinderaws.properties.AwsProducerProperties;
import io.millrace.streambinderaws.properties.DestinationType;
import io.millrace.streambinderaws.properties.Provisioning;
import io.millrace.streambinderaws.provisioning.AwsProvisioner;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.cloud.stream.binder.AbstractTestBinder;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.binder.PartitionCapableBinderTests;
import org.springframework.cloud.stream.binder.Spy;
import org.springframework.context.support.GenericApplicationContext;

/** Spring Cloud Stream's own tests for binders, the whole of them, on topics. */
class BinderTckTests
        extends PartitionCapableBinderTests<
                BinderTckTests.TckBinder,
                ExtendedConsumerProperties<AwsConsumerProperties>,
                ExtendedProducerProperties<AwsProducerProperties>> {

    /** Written for binders with anonymous groups; the TCK itself no longer starts it. */
    @Test
    @Override
    @SuppressWarnings("JUnitMethodInvoked") // the one above is not started by JUnit
    public void testAnonymousGroup(TestInfo info) throws Exception {
        super.testAnonymousGroup(info);
    }

    @AfterEach
    void temporaryQueuesAreGone() {
        assertThat(Cloud.SQS.listQueues().join().queueUrls())
                .noneMatch(url -> url.contains("anonymous"));
    }

    @Override
    protected TckBinder getBinder() {
        if (testBinder == null) {
            testBinder = new TckBinder(applicationContext);
        }
        return testBinder;
    }

    @Override
    protected ExtendedConsumerProperties<AwsConsumerProperties> createConsumerProperties() {
        var own = new AwsConsumerProperties();
        own.setDestinationType(destinationType());
        own.setWaitTime(Duration.ofSeconds(2));
        var properties = new ExtendedConsumerProperties<>(own);
        properties.setMaxAttempts(1);
        return properties;
    }

    @Override
    protected ExtendedProducerProperties<AwsProducerProperties> createProducerProperties(
            TestInfo info) {
        var own = new AwsProducerProperties();
        own.setDestinationType(destinationType());
        return new ExtendedProducerProperties<>(own);
    }

    DestinationType destinationType() {
        return DestinationType.TOPIC;
    }

    @Override
    protected boolean usesExplicitRouting() {
        return true;
    }

    @Override
    protected String getClassUnderTestName() {
        return AwsMessageBinder.class.getSimpleName();
    }

    @Override
    protected String getDestinationNameDelimiter() {
        return "-";
    }

    @Override
    public Spy spyOn(String queue) {
        throw new UnsupportedOperationException("no test of the TCK asks for it");
    }

    static final class TckBinder
            extends AbstractTestBinder<
                    AwsMessageBinder,
                    ExtendedConsumerProperties<AwsConsumerProperties>,
                    ExtendedProducerProperties<AwsProducerProperties>> {

        TckBinder(GenericApplicationContext context) {
            var provisioner = new AwsProvisioner(Cloud.SQS, () -> Cloud.SNS, Provisioning.CREATE);
            var binder =
                    new AwsMessageBinder(
                            Cloud.SQS,
                            () -> Cloud.SNS,
                            provisioner,
                            new AwsExtendedBindingProperties(),
                            PayloadStore.missing(),
                            ObservationRegistry.NOOP,
                            new OrphanedPolls(Cloud.SQS, Duration.ZERO),
                            _ -> {});
            binder.setApplicationContext(context);
            setBinder(binder);
        }

        @Override
        public void cleanup() {
            // Names are those of the tests; what is left over there does not matter to others.
        }
    }
}
