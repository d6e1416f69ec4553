package io.millrace.webhookhandler;

import io.github.bucket4j.TimeMeter;
import io.millrace.webhookhandler.WebhookProperties.Source;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who may send webhooks: sources of the configuration, and those that the environment names. */
final class Sources {

    private static final String VARIABLE = "MILLRACE_WEBHOOK_SECRET_";

    private final Map<String, Sender> byName;

    private Sources(Map<String, Sender> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * Reads the sources.
     *
     * @param environment {@code MILLRACE_WEBHOOK_SECRET_<SOURCE>} is the secret of a source for
     *     which the configuration has none
     */
    static Sources of(
            WebhookProperties properties, Map<String, String> environment, InstantSource clock) {
        var sources = new HashMap<>(properties.sources());
        environment.forEach((variable, secret) -> {
            if (variable.startsWith(VARIABLE)) {
                var name =
                        variable.substring(VARIABLE.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-');
                sources.merge(
                        name,
                        Source.of(List.of(secret)),
                        (known, other) ->
                                known.secrets().isEmpty()
                                        ? known.withSecrets(other.secrets())
                                        : known);
            }
        });
        var senders = new HashMap<String, Sender>();
        sources.forEach(
                (name, source) -> senders.put(name, sender(name, source, properties, clock)));
        return new Sources(senders);
    }

    private static Sender sender(
            String name, Source source, WebhookProperties properties, InstantSource clock) {
        if (source.secrets().isEmpty()) {
            throw new IllegalArgumentException(
                    "the webhook source '%1$s' has no secret; set millrace.webhook.sources.%1$s.secrets or %2$s%3$s"
                            .formatted(
                                    name,
                                    VARIABLE,
                                    name.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        return new Sender(
                source.scheme().with(source.secrets(), properties.tolerance(), clock),
                RateLimit.of(source, TimeMeter.SYSTEM_NANOTIME));
    }

    Optional<Sender> sender(String source) {
        return Optional.ofNullable(byName.get(source));
    }
}
