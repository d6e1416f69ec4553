package io.millrace.lambdaadapter;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Map;
import org.springframework.core.env.Environment;

/** What a function is, as far as AWS says (OpenTelemetry semantic conventions, "FaaS resource"). */
final class FunctionResource {

    private static final Map<String, String> VARIABLES =
            Map.of(
                    "faas.name",
                    "AWS_LAMBDA_FUNCTION_NAME",
                    "faas.version",
                    "AWS_LAMBDA_FUNCTION_VERSION");

    private FunctionResource() {}

    static Resource of(Environment environment) {
        var attributes = Attributes.builder();
        VARIABLES.forEach((attribute, variable) -> {
            var value = environment.getProperty(variable);
            if (value != null) {
                attributes.put(attribute, value);
            }
        });
        return Resource.create(attributes.build());
    }
}
