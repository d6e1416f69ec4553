package io.millrace.orchestrator.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.millrace.orchestrator.OrchestratorFixture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** The API where others reach it: with keys for signatures, and an issuer of tokens. */
class AuthenticatedApiTests {

    private static ConfigurableApplicationContext context;
    private static HttpServer issuer;
    private static ECKey key;

    @BeforeAll
    static void start() throws Exception {
        key = key();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publish(
                "/.well-known/openid-configuration",
                """
                {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "authorization_endpoint": "%1$s/authorize",
                 "subject_types_supported": ["public"], "response_types_supported": ["code"]}
                """
                        .formatted(issuer()));
        publish("/keys", new JWKSet(key.toPublicJWK()).toString());
        issuer.start();
        context =
                OrchestratorFixture.start(
                        OrchestratorFixture.shared().cloud(),
                        List.of(
                                "--millrace.step-functions.access-key-id=services",
                                "--millrace.step-functions.secret-access-key=theirs",
                                "--millrace.orchestrator.authentication.sigv4[0].access-key-id=somebody",
                                "--millrace.orchestrator.authentication.sigv4[0].secret-access-key=hers",
                                "--millrace.orchestrator.authentication.jwt.issuer-uri=" + issuer(),
                                "--millrace.orchestrator.authentication.jwt.audience=millrace"));
    }

    @AfterAll
    static void stop() {
        context.close();
        issuer.stop(0);
    }

    private static void publish(String path, String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        issuer.createContext(
                path,
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    private static String issuer() {
        return "http://127.0.0.1:" + issuer.getAddress().getPort();
    }

    private static ECKey key() throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID("one").generate();
    }

    private static SfnClient client(String id, String secret) {
        return OrchestratorFixture.at(SfnClient.builder(), OrchestratorFixture.endpoint(context))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .overrideConfiguration(override ->
                        override.putAdvancedOption(
                                SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"somebody hers", "services theirs"})
    void anSdkWithAKnownKeyIsAnswered(String credentials) {
        var idAndSecret = credentials.split(" ");
        try (var sfn = client(idAndSecret[0], idAndSecret[1])) {
            assertThat(sfn.listStateMachines().stateMachines()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody hers", "somebody guessed"})
    void anSdkWithoutAKnownKeyIsRefused(String credentials) {
        var idAndSecret = credentials.split(" ");
        try (var sfn = client(idAndSecret[0], idAndSecret[1])) {
            assertThatThrownBy(sfn::listStateMachines)
                    .isInstanceOfSatisfying(
                            SfnException.class,
                            e ->
                                    assertThat(e.awsErrorDetails().errorCode())
                                            .isEqualTo(
                                                    idAndSecret[0].equals("nobody")
                                                            ? "UnrecognizedClientException"
                                                            : "InvalidSignatureException"));
        }
    }

    @Test
    void whoDoesNotSayWhoHeIsIsRefused() throws Exception {
        assertThat(call(request -> request))
                .isEqualTo(
                        """
                        {"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"}\
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt"})
    void aTokenOfTheIssuerIsTaken(String type) throws Exception {
        assertThat(callWith(token(key, type, claims().build()))).contains("stateMachines");
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() throws Exception {
        refused(token(key, "JWT", claims().audience("another").build()), "aud");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() throws Exception {
        refused(token(key, "JWT", claims().issuer("https://another").build()), "iss");
    }

    @Test
    void aTokenThatHasExpiredOrNeverDoesIsRefused() throws Exception {
        refused(
                token(
                        key,
                        "JWT",
                        claims().expirationTime(Date.from(Instant.now().minusSeconds(120)))
                                .build()),
                "expired");
        refused(token(key, "JWT", claims().expirationTime(null).build()), "exp");
    }

    @Test
    void aTokenWithAnotherSignatureIsRefused() throws Exception {
        refused(token(key(), "JWT", claims().build()), "signature");
        refused("no.token.atall", "Malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/", "/actuator/health"})
    void theConsolesPageAndHealthNeedNoKey(String path) throws Exception {
        var answer =
                HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static void refused(String token, String reason) throws Exception {
        assertThat(callWith(token))
                .contains("\"__type\":\"UnrecognizedClientException\"")
                .contains("The bearer token in the request is invalid: ")
                .contains(reason);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience("millrace")
                .subject("ci")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    }

    private static String token(ECKey key, String type, JWTClaimsSet claims) throws Exception {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(key.getKeyID())
                        .type(new JOSEObjectType(type))
                        .build();
        var token = new SignedJWT(header, claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static String callWith(String token) throws Exception {
        return call(request -> request.header("Authorization", "Bearer " + token));
    }

    private static String call(UnaryOperator<HttpRequest.Builder> with) throws Exception {
        var request =
                HttpRequest.newBuilder(uri("/"))
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AWSStepFunctions.ListStateMachines")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"));
        return HttpClient.newHttpClient()
                .send(with.apply(request).build(), BodyHandlers.ofString())
                .body();
    }

    private static URI uri(String path) {
        return OrchestratorFixture.endpoint(context).resolve(path);
    }
}
