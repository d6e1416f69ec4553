package io.millrace.webhookhandler;

import io.millrace.webhookhandler.signature.SigningSecret;
import io.millrace.webhookhandler.signature.StandardWebhooks;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who may send webhooks: sources of the configuration, and those that the environment names. */
final class Sources {

    private static final String VARIABLE = "MILLRACE_WEBHOOK_SECRET_";

    private final Map<String, StandardWebhooks> byName;

    private Sources(Map<String, StandardWebhooks> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * Reads the sources.
     *
     * @param environment {@code MILLRACE_WEBHOOK_SECRET_<SOURCE>} adds a source that the
     *     configuration lacks
     */
    static Sources of(
            WebhookProperties properties, Map<String, String> environment, InstantSource clock) {
        var secrets = new HashMap<String, List<String>>();
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLE)) {
                secrets.put(
                        name.substring(VARIABLE.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'),
                        List.of(value));
            }
        });
        properties.sources().forEach((name, source) -> secrets.put(name, source.secrets()));
        var verifiers = new HashMap<String, StandardWebhooks>();
        secrets.forEach((name, values) ->
                verifiers.put(
                        name,
                        new StandardWebhooks(
                                values.stream().map(SigningSecret::new).toList(),
                                properties.tolerance(),
                                clock)));
        return new Sources(verifiers);
    }

    Optional<StandardWebhooks> verifier(String source) {
        return Optional.ofNullable(byName.get(source));
    }
}
