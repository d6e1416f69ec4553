package io.millrace.orchestrator.authentication;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call the Step Functions API.
 *
 * @param sigv4 keys with which AWS SDKs and the AWS CLI may sign
 * @param jwt whose bearer tokens are taken
 */
@ConfigurationProperties("millrace.orchestrator.authentication")
@Validated
record AuthenticationProperties(
        @DefaultValue List<@Valid AccessKey> sigv4, @Nullable @Valid Jwt jwt) {

    AuthenticationProperties {
        sigv4 = List.copyOf(sigv4);
    }

    /** An access key: these are the orchestrator's own, IAM does not know them. */
    record AccessKey(@NotBlank String accessKeyId, @NotBlank String secretAccessKey) {

        @Override
        public String toString() {
            return accessKeyId;
        }
    }

    /**
     * @param issuerUri who has to have issued a token
     * @param jwkSetUri where the issuer's keys are, if not where its metadata says
     * @param audience for whom a token has to be
     */
    record Jwt(@NotNull URI issuerUri, Optional<URI> jwkSetUri, @NotBlank String audience) {}
}
