package io.millrace.streambinderaws;

import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.stream.config.BindingHandlerAdvise.MappingsProvider;
import org.springframework.context.annotation.Bean;

/** Lets what is set for all bindings hold for a binding that sets something of its own too. */
@AutoConfiguration
public final class AwsBinderDefaultsAutoConfiguration {

    @Bean
    static MappingsProvider awsBinderDefaults() {
        return () ->
                Map.of(
                        ConfigurationPropertyName.of("spring.cloud.stream.aws.bindings"),
                        ConfigurationPropertyName.of("spring.cloud.stream.aws.default"));
    }
}
