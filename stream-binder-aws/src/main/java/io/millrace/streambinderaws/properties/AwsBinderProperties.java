package io.millrace.streambinderaws.properties;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the binder.
 *
 * @param provisioning what happens with a queue or topic that is not there
 * @param measuredQueues queues whose depth is measured although no binding consumes them
 * @param pollShutdownTimeout how long an application that ends waits for long polls under way; what
 *     comes to them is given back, and what comes to one that is left behind stays hidden
 */
@ConfigurationProperties("spring.cloud.stream.aws.binder")
public record AwsBinderProperties(
        @DefaultValue("create") Provisioning provisioning,
        @DefaultValue List<String> measuredQueues,
        @DefaultValue("2s") Duration pollShutdownTimeout) {

    public AwsBinderProperties {
        measuredQueues = List.copyOf(measuredQueues);
    }
}
