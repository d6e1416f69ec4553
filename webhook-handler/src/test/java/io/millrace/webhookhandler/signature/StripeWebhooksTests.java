package io.millrace.webhookhandler.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The signature is what {@code openssl dgst -sha256 -hmac whsec_test} says of time and body. */
class StripeWebhooksTests {

    private static final String SECRET = "whsec_test";
    private static final String BODY = "{\"id\":\"evt_1\",\"type\":\"charge.succeeded\"}";
    private static final String TIMESTAMP = "t=1614265330";
    private static final String SIGNATURE =
            "v1=37f4729dd90c09431cb9cdb4c33d77a1f162ea2375caa5daa0b38a265a2a7242";

    private Instant now = Instant.ofEpochSecond(1614265330);

    @Test
    void aSignedEventIsGenuineUnderItsOwnId() {
        assertThat(verify(TIMESTAMP + "," + SIGNATURE, BODY, SECRET))
                .isEqualTo(new Verdict.Genuine("evt_1"));
    }

    @Test
    void oneOfSeveralSecretsAndSignaturesIsEnough() {
        assertThat(verify(TIMESTAMP + ",v0=00, v1=abcd, " + SIGNATURE, BODY, "whsec_new", SECRET))
                .isInstanceOf(Verdict.Genuine.class);
    }

    @Test
    void anotherBodyTimeOrSecretIsRefused() {
        assertThat(verify(TIMESTAMP + "," + SIGNATURE, BODY + " ", SECRET))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(verify("t=1614265331," + SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(verify(TIMESTAMP + "," + SIGNATURE, BODY, "whsec_new"))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void aSignatureOfTheTestModeAloneIsRefused() {
        assertThat(verify(TIMESTAMP + "," + SIGNATURE.replace("v1", "v0"), BODY, SECRET))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void aHeaderThatIsNoneIsRefused() {
        assertThat(verify(null, BODY, SECRET)).isInstanceOf(Verdict.Refused.class);
        assertThat(verify("", BODY, SECRET)).isInstanceOf(Verdict.Refused.class);
        assertThat(verify(SIGNATURE, BODY, SECRET)).isInstanceOf(Verdict.Refused.class);
        assertThat(verify("t=soon," + SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Malformed.class);
    }

    @Test
    void anEventIsRefusedWhenItIsFiveMinutesOld() {
        now = now.plus(Duration.ofMinutes(5)).plusSeconds(1);
        assertThat(verify(TIMESTAMP + "," + SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Refused.class);
    }

    private Verdict verify(String signature, String body, String... secrets) {
        return new StripeWebhooks(List.of(secrets), Duration.ofMinutes(5), () -> now)
                .verify(GivenHeaders.of("Stripe-Signature", signature), body);
    }
}
