package io.millrace.servicestarter;

import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The key with which this pipeline's services sign their calls of the orchestrator's Step Functions
 * API, and which the orchestrator takes. Without it they sign with what they have for AWS.
 *
 * @param accessKeyId any name; IAM does not know it
 * @param secretAccessKey the secret that both have
 */
@ConfigurationProperties("millrace.step-functions")
public record StepFunctionsKey(
        Optional<String> accessKeyId, @DefaultValue("") String secretAccessKey) {

    public StepFunctionsKey {
        if (accessKeyId.isPresent() == secretAccessKey.isEmpty()) {
            throw new IllegalArgumentException(
                    "Set both millrace.step-functions.access-key-id and millrace.step-functions.secret-access-key, or neither");
        }
    }

    @Override
    public String toString() {
        return accessKeyId.orElse("none");
    }
}
