package io.millrace.streambinderaws.properties;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the binder.
 *
 * @param provisioning what happens with a queue or topic that is not there
 */
@ConfigurationProperties("spring.cloud.stream.aws.binder")
public record AwsBinderProperties(@DefaultValue("create") Provisioning provisioning) {}
