package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTests {

    @Test
    void itSignsAsTheSpecificationsExampleDoes() {
        // Standard Webhooks, "Signature scheme": the example that the reference libraries test
        // with.
        var secret = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(
                        secret.signature(
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                1614265330,
                                "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2VjcmV0", "whsec_", "whsec_no base64"})
    void whatIsNoSecretIsRefusedByTheNameOfItsVariable(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookSecret(text))
                .withMessageContaining("MILLRACE_WEBHOOK_SECRET_DEMO")
                .withMessageContaining("whsec_");
    }

    @Test
    void itIsNotPrinted() {
        var secret = WebhookSecret.random();
        assertThat(secret.toString()).doesNotContain(secret.value());
    }
}
