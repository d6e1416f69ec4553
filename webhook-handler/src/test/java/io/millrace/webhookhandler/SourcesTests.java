package io.millrace.webhookhandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.webhookhandler.WebhookProperties.Scheme;
import io.millrace.webhookhandler.WebhookProperties.Source;
import io.millrace.webhookhandler.signature.GitHubWebhooks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SourcesTests {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void theEnvironmentNamesSources() {
        var sources =
                sources(
                        Map.of(
                                "MILLRACE_WEBHOOK_SECRET_DEMO", SECRET,
                                "MILLRACE_WEBHOOK_SECRET_MY_SHOP", SECRET,
                                "PATH", "/bin"));
        assertThat(sources.sender("demo")).isPresent();
        assertThat(sources.sender("my-shop")).isPresent();
        assertThat(sources.sender("path")).isEmpty();
    }

    @Test
    void aSecretOfAnotherFormIsRefusedAtStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources(Map.of("MILLRACE_WEBHOOK_SECRET_DEMO", "secret")))
                .withMessageContaining("whsec_");
    }

    @Test
    void theEnvironmentHasTheSecretOfAConfiguredSource() {
        var hub = new Source(Scheme.GITHUB, List.of(), Optional.empty(), Optional.empty());
        var sources =
                sources(Map.of("hub", hub), Map.of("MILLRACE_WEBHOOK_SECRET_HUB", "any text"));
        assertThat(sources.sender("hub").orElseThrow().scheme()).isInstanceOf(GitHubWebhooks.class);
    }

    @Test
    void aSourceWithoutASecretIsRefusedAtStart() {
        var hub = new Source(Scheme.GITHUB, List.of(), Optional.empty(), Optional.empty());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources(Map.of("my-hub", hub), Map.of()))
                .withMessageContaining("millrace.webhook.sources.my-hub.secrets")
                .withMessageContaining("MILLRACE_WEBHOOK_SECRET_MY_HUB");
    }

    private static Sources sources(Map<String, String> environment) {
        return sources(Map.of(), environment);
    }

    private static Sources sources(
            Map<String, Source> configured, Map<String, String> environment) {
        return Sources.of(
                new WebhookProperties(
                        configured, Duration.ofMinutes(5), DataSize.ofKilobytes(200), "webhook"),
                environment,
                InstantSource.system());
    }
}
