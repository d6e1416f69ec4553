package io.millrace.streambinderaws.properties;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.cloud.stream.binder.AbstractExtendedBindingProperties;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;

/** {@code spring.cloud.stream.aws.bindings.<name>.{consumer,producer}.*}. */
@ConfigurationProperties("spring.cloud.stream.aws")
public class AwsExtendedBindingProperties
        extends AbstractExtendedBindingProperties<
                AwsConsumerProperties, AwsProducerProperties, AwsBindingProperties> {

    private static final String DEFAULTS_PREFIX = "spring.cloud.stream.aws.default";

    @Override
    public String getDefaultsPrefix() {
        return DEFAULTS_PREFIX;
    }

    @Override
    public Map<String, AwsBindingProperties> getBindings() {
        return doGetBindings();
    }

    @Override
    public Class<? extends BinderSpecificPropertiesProvider> getExtendedPropertiesEntryClass() {
        return AwsBindingProperties.class;
    }
}
