package io.millrace.orchestrator.authentication;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Who may call the Step Functions API.
 *
 * @param sigv4 keys with which AWS SDKs and the AWS CLI may sign
 * @param jwt whose bearer tokens are taken
 */
@ConfigurationProperties("millrace.orchestrator.authentication")
record AuthenticationProperties(@DefaultValue List<AccessKey> sigv4, @Nullable Jwt jwt) {

    AuthenticationProperties {
        sigv4 = List.copyOf(sigv4);
    }

    /** An access key: these are the orchestrator's own, IAM does not know them. */
    record AccessKey(String accessKeyId, String secretAccessKey) {

        AccessKey {
            need(StringUtils.hasText(accessKeyId), "sigv4[].access-key-id");
            need(StringUtils.hasText(secretAccessKey), "sigv4[].secret-access-key");
        }

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
    record Jwt(URI issuerUri, Optional<URI> jwkSetUri, String audience) {

        Jwt {
            need(!Objects.isNull(issuerUri), "jwt.issuer-uri");
            need(StringUtils.hasText(audience), "jwt.audience");
        }
    }

    /** The binder gives null for what is not set. */
    private static void need(boolean isSet, String property) {
        if (!isSet) {
            throw new IllegalArgumentException(
                    "millrace.orchestrator.authentication.%s is not set".formatted(property));
        }
    }
}
