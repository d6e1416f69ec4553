package io.millrace.webhookhandler;

import io.millrace.webhookhandler.signature.GitHubWebhooks;
import io.millrace.webhookhandler.signature.SignatureScheme;
import io.millrace.webhookhandler.signature.StandardWebhooks;
import io.millrace.webhookhandler.signature.StripeWebhooks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of webhook-handler.
 *
 * @param sources who may send, by the name in the path
 * @param tolerance how far a message's timestamp may be from now
 * @param maxBodySize the longest body that is read
 * @param stateMachine the name of the state machine that is started
 */
@ConfigurationProperties("millrace.webhook")
record WebhookProperties(
        @DefaultValue Map<String, Source> sources,
        @DefaultValue("5m") Duration tolerance,
        @DefaultValue("200KB") DataSize maxBodySize,
        @DefaultValue("webhook") String stateMachine) {

    /**
     * A sender.
     *
     * @param scheme how it signs
     * @param secrets its signing secrets; several while one replaces another
     * @param requestsPerSecond how many webhooks are taken from it on average; any number if absent
     * @param burst how many at once, after a pause; as many as in a second if absent
     */
    record Source(
            @DefaultValue("standard-webhooks") Scheme scheme,
            @DefaultValue List<String> secrets,
            Optional<Integer> requestsPerSecond,
            Optional<Integer> burst) {

        Source {
            secrets = List.copyOf(secrets);
            if (requestsPerSecond.filter(rate -> rate < 1).isPresent()
                    || burst.filter(most -> most < 1).isPresent()) {
                throw new IllegalArgumentException(
                        "requests-per-second and burst of a webhook source are 1 or more");
            }
            if (burst.isPresent() && requestsPerSecond.isEmpty()) {
                throw new IllegalArgumentException(
                        "burst of a webhook source needs requests-per-second");
            }
        }

        /** A sender that nothing limits. */
        static Source of(List<String> secrets) {
            return new Source(
                    Scheme.STANDARD_WEBHOOKS, secrets, Optional.empty(), Optional.empty());
        }

        Source withSecrets(List<String> other) {
            return new Source(scheme, other, requestsPerSecond, burst);
        }
    }

    /** The ways of signing. */
    enum Scheme {
        STANDARD_WEBHOOKS,
        GITHUB,
        STRIPE;

        SignatureScheme with(List<String> secrets, Duration tolerance, InstantSource clock) {
            return switch (this) {
                case STANDARD_WEBHOOKS -> new StandardWebhooks(secrets, tolerance, clock);
                case GITHUB -> new GitHubWebhooks(secrets);
                case STRIPE -> new StripeWebhooks(secrets, tolerance, clock);
            };
        }
    }
}
