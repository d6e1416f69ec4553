package io.millrace.orchestrator.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.servicestarter.StepFunctionsKey;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

class AuthenticationStartTests {

    @EnableConfigurationProperties({
        AuthenticationProperties.class,
        StepFunctionsKey.class,
        ServerProperties.class
    })
    static class Properties {}

    private final ApplicationContextRunner orchestrator =
            new ApplicationContextRunner()
                    .withUserConfiguration(Properties.class, AuthenticationConfiguration.class)
                    .withBean(Clock.class, Clock::systemUTC);

    @ParameterizedTest
    @ValueSource(strings = {"server.address=0.0.0.0", "server.address=10.1.2.3", "server.address="})
    void anApiThatOthersReachIsNotStartedWithoutAuthentication(String address) {
        orchestrator
                .withPropertyValues(address)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .hasRootCauseInstanceOf(UnprotectedApi.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1"})
    void anApiForThisMachineAloneNeedsNone(String address) {
        orchestrator
                .withPropertyValues("server.address=" + address)
                .run(context -> assertThat(context).hasSingleBean(Authentication.class));
    }

    @Test
    void aKeyOrAnIssuerOpensTheApiToOthers() {
        var open = orchestrator.withPropertyValues("server.address=0.0.0.0");
        open.withPropertyValues(
                        "millrace.orchestrator.authentication.sigv4[0].access-key-id=key",
                        "millrace.orchestrator.authentication.sigv4[0].secret-access-key=secret")
                .run(context -> assertThat(context).hasNotFailed());
        open.withPropertyValues(
                        "millrace.orchestrator.authentication.jwt.issuer-uri=https://issuer.example",
                        "millrace.orchestrator.authentication.jwt.audience=millrace")
                .run(context -> assertThat(context).hasNotFailed());
        open.withPropertyValues(
                        "millrace.step-functions.access-key-id=key",
                        "millrace.step-functions.secret-access-key=secret")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "millrace.orchestrator.authentication.sigv4[0].access-key-id=key",
                "millrace.orchestrator.authentication.jwt.issuer-uri=https://issuer.example",
                "millrace.step-functions.access-key-id=key"
            })
    void halfASettingIsRefused(String half) {
        orchestrator
                .withPropertyValues("server.address=127.0.0.1", half)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void aKeyThatIsSetTwiceIsNamedWithoutItsSecrets() {
        orchestrator
                .withPropertyValues(
                        "server.address=127.0.0.1",
                        "millrace.step-functions.access-key-id=key",
                        "millrace.step-functions.secret-access-key=first",
                        "millrace.orchestrator.authentication.sigv4[0].access-key-id=key",
                        "millrace.orchestrator.authentication.sigv4[0].secret-access-key=second")
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .message()
                                .startsWith("The access key id key is set twice")
                                .doesNotContain("first", "second"));
    }

    @Test
    void theMessageSaysWhatToSet() {
        var analysis = new UnprotectedApiAnalyzer().analyze(new UnprotectedApi("all addresses"));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription())
                .isEqualTo(
                        "The Step Functions API would listen on all addresses, and answer everybody who can reach it.");
        assertThat(analysis.getAction())
                .contains(
                        "authentication.sigv4[0].access-key-id",
                        "authentication.jwt.issuer-uri",
                        "server.address=127.0.0.1");
    }
}
