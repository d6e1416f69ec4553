package io.millrace.webhookhandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
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
        assertThat(sources.verifier("demo")).isPresent();
        assertThat(sources.verifier("my-shop")).isPresent();
        assertThat(sources.verifier("path")).isEmpty();
    }

    @Test
    void aSecretOfAnotherFormIsRefusedAtStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources(Map.of("MILLRACE_WEBHOOK_SECRET_DEMO", "secret")))
                .withMessageContaining("whsec_");
    }

    private static Sources sources(Map<String, String> environment) {
        return Sources.of(
                new WebhookProperties(
                        Map.of(), Duration.ofMinutes(5), DataSize.ofKilobytes(200), "webhook"),
                environment,
                InstantSource.system());
    }
}
