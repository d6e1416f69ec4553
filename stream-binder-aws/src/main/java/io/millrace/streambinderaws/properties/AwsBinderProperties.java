package io.millrace.streambinderaws.properties;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the binder.
 *
 * @param provisioning what happens with a queue or topic that is not there
 * @param measuredQueues queues whose depth is measured although no binding consumes them
 */
@ConfigurationProperties("spring.cloud.stream.aws.binder")
public record AwsBinderProperties(
        @DefaultValue("create") Provisioning provisioning,
        @DefaultValue List<String> measuredQueues) {

    public AwsBinderProperties {
        measuredQueues = List.copyOf(measuredQueues);
    }
}
