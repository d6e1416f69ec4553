package io.millrace.webhookhandler.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example is the one that the specification's reference libraries test with. */
class StandardWebhooksTests {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private Instant now = Instant.ofEpochSecond(1614265330);

    @Test
    void theSpecificationsExampleIsGenuine() {
        assertThat(verify(ID, TIMESTAMP, SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Genuine.class);
    }

    @Test
    void oneOfSeveralSecretsIsEnough() {
        assertThat(verify(ID, TIMESTAMP, SIGNATURE, BODY, OTHER, SECRET))
                .isInstanceOf(Verdict.Genuine.class);
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        assertThat(verify(ID, TIMESTAMP, "v1a,x v1,AAAA no " + SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Genuine.class);
    }

    @Test
    void anotherBodyIsRefused() {
        assertThat(verify(ID, TIMESTAMP, SIGNATURE, BODY + " ", SECRET))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void anotherIdIsRefused() {
        assertThat(verify("msg_other", TIMESTAMP, SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void anotherSecretIsRefused() {
        assertThat(verify(ID, TIMESTAMP, SIGNATURE, BODY, OTHER))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void theTimestampMayBeFiveMinutesOffAndNoMore() {
        now = Instant.ofEpochSecond(1614265330 + 300);
        assertThat(verify(ID, TIMESTAMP, SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Genuine.class);
        now = now.plusSeconds(1);
        assertThat(verify(ID, TIMESTAMP, SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Refused.class);
        now = Instant.ofEpochSecond(1614265330 - 301);
        assertThat(verify(ID, TIMESTAMP, SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void whatCannotBeCheckedIsMalformed() {
        assertThat(verify(null, TIMESTAMP, SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Malformed.class);
        assertThat(verify(ID, "soon", SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Malformed.class);
        assertThat(verify(ID, "9223372036854775807", SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Malformed.class);
    }

    @Test
    void withoutSignatureItIsRefused() {
        assertThat(verify(ID, TIMESTAMP, null, BODY, SECRET)).isInstanceOf(Verdict.Refused.class);
    }

    private Verdict verify(
            String id, String timestamp, String signatures, String body, String... secrets) {
        return new StandardWebhooks(List.of(secrets), Duration.ofMinutes(5), () -> now)
                .verify(
                        GivenHeaders.of(
                                "webhook-id", id,
                                "webhook-timestamp", timestamp,
                                "webhook-signature", signatures),
                        body);
    }
}
