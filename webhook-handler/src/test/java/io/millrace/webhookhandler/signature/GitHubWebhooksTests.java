package io.millrace.webhookhandler.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The example is the one of GitHub Docs, "Validating webhook deliveries". */
class GitHubWebhooksTests {

    private static final String SECRET = "It's a Secret to Everybody";
    private static final String BODY = "Hello, World!";
    private static final String SIGNATURE =
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    @Test
    void theExampleOfTheDocumentationIsGenuine() {
        assertThat(verify("72d3162e", "push", SIGNATURE, BODY, SECRET))
                .isEqualTo(new Verdict.Genuine("72d3162e", Optional.of("push")));
    }

    @Test
    void oneOfSeveralSecretsIsEnough() {
        assertThat(verify("72d3162e", "push", SIGNATURE, BODY, "other", SECRET))
                .isInstanceOf(Verdict.Genuine.class);
    }

    @Test
    void anotherBodySecretOrSignatureIsRefused() {
        assertThat(verify("72d3162e", "push", SIGNATURE, BODY + " ", SECRET))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(verify("72d3162e", "push", SIGNATURE, BODY, "other"))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(verify("72d3162e", "push", "sha256=no", BODY, SECRET))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(verify("72d3162e", "push", null, BODY, SECRET))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void theOlderSignatureBySha1IsNoSignature() {
        assertThat(verify("72d3162e", "push", SIGNATURE.replace("sha256", "sha1"), BODY, SECRET))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void whatHasNoIdOrTypeIsMalformed() {
        assertThat(verify(null, "push", SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Malformed.class);
        assertThat(verify("72d3162e", null, SIGNATURE, BODY, SECRET))
                .isInstanceOf(Verdict.Malformed.class);
    }

    private static Verdict verify(
            String id, String type, String signature, String body, String... secrets) {
        return new GitHubWebhooks(List.of(secrets))
                .verify(
                        GivenHeaders.of(
                                "X-GitHub-Delivery", id,
                                "X-GitHub-Event", type,
                                "X-Hub-Signature-256", signature),
                        body);
    }
}
