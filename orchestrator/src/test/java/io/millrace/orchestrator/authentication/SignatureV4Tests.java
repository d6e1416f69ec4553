package io.millrace.orchestrator.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.RequestEntity;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.StringInputStream;

class SignatureV4Tests {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String BODY = "{\"stateMachineArn\": \"Käse\"}";

    private final SignatureV4 signatures =
            new SignatureV4(Map.of("AKIA/own", "secret"), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void whatTheSdkSignsIsTaken() {
        assertThatCode(() -> signatures.check(signed("AKIA/own", "secret", NOW)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT5M", "PT5M"})
    void aClockMayBeFiveMinutesWrong(Duration wrong) {
        assertThatCode(() -> signatures.check(signed("AKIA/own", "secret", NOW.plus(wrong))))
                .doesNotThrowAnyException();
    }

    @Test
    void anOlderSignatureHasExpired() {
        refused(
                signed("AKIA/own", "secret", NOW.minusSeconds(301)),
                "InvalidSignatureException",
                "Signature expired: 20261126T115459Z is now earlier than 20261126T115500Z (20261126T120000Z - 5 min.)");
    }

    @Test
    void aSignatureOfTheFutureIsRefused() {
        refused(
                signed("AKIA/own", "secret", NOW.plusSeconds(301)),
                "InvalidSignatureException",
                "Signature not yet current: 20261126T120501Z is still later than 20261126T120500Z (20261126T120000Z + 5 min.)");
    }

    @Test
    void anUnknownKeyIsRefused() {
        refused(
                signed("AKIA", "secret", NOW),
                "UnrecognizedClientException",
                "The security token included in the request is invalid.");
    }

    @Test
    void anotherSecretIsRefused() {
        mismatch(signed("AKIA/own", "guessed", NOW));
    }

    @Test
    void anotherBodyThanTheSignedOneIsRefused() {
        var request = signed("AKIA/own", "secret", NOW);
        mismatch(
                RequestEntity.post(request.getUrl())
                        .headers(request.getHeaders())
                        .body("{}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anotherOperationThanTheSignedOneIsRefused() {
        mismatch(changed(headers -> headers.set("X-Amz-Target", "AWSStepFunctions.StopExecution")));
    }

    @Test
    void aSignatureForAnotherHostIsRefused() {
        mismatch(changed(headers -> headers.set("Host", "elsewhere:8083")));
    }

    @Test
    void anAddedParameterIsRefused() {
        var request = signed("AKIA/own", "secret", NOW);
        mismatch(
                new RequestEntity<>(
                        request.getBody(),
                        request.getHeaders(),
                        HttpMethod.POST,
                        URI.create("http://orchestrator:8083/?a")));
    }

    @Test
    void anOperationThatIsNotSignedIsRefused() {
        refused(
                authorization(text -> text.replace(";x-amz-target", "")),
                "InvalidSignatureException",
                "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @Test
    void aSignatureForAnotherServiceIsRefused() {
        refused(
                authorization(text -> text.replace("/states/", "/sqs/")),
                "InvalidSignatureException",
                "Credential should be scoped to correct service: 'states'.");
    }

    @Test
    void aScopeOfAnotherDayIsRefused() {
        refused(
                authorization(text -> text.replace("/20261126/", "/20261125/")),
                "InvalidSignatureException",
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261125' != '20261126', from '20261126T120000Z'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AWS4-HMAC-SHA256 Credential=a/20261126/r/states/aws4_request | Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
                "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=0 | Credential must have at least 5 elements, and end with 'aws4_request'."
            })
    void anIncompleteSignatureSaysWhatItLacks(String authorization, String message) {
        refused(authorization(_ -> authorization), "IncompleteSignatureException", message);
    }

    @Test
    void aSignatureWithoutATimeIsIncomplete() {
        refused(
                changed(headers -> headers.remove("X-Amz-Date")),
                "IncompleteSignatureException",
                "Authorization header requires existence of a 'X-Amz-Date' header.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic dGVzdDp0ZXN0"})
    void aRequestWithoutSignatureIsRefused(String authorization) {
        refused(
                authorization(_ -> authorization),
                "MissingAuthenticationTokenException",
                "Missing Authentication Token");
    }

    private void mismatch(RequestEntity<byte[]> request) {
        refused(
                request,
                "InvalidSignatureException",
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");
    }

    private void refused(RequestEntity<byte[]> request, String type, String message) {
        assertThatThrownBy(() -> signatures.check(request))
                .isInstanceOfSatisfying(
                        NotAuthenticated.class, e -> assertThat(e.type()).isEqualTo(type))
                .hasMessage(message);
    }

    private static RequestEntity<byte[]> authorization(UnaryOperator<String> change) {
        return changed(headers ->
                headers.set(
                        HttpHeaders.AUTHORIZATION,
                        change.apply(String.valueOf(headers.getFirst(HttpHeaders.AUTHORIZATION)))));
    }

    private static RequestEntity<byte[]> changed(Consumer<HttpHeaders> change) {
        var request = signed("AKIA/own", "secret", NOW);
        var headers = new HttpHeaders(request.getHeaders());
        change.accept(headers);
        return new RequestEntity<>(request.getBody(), headers, HttpMethod.POST, request.getUrl());
    }

    private static RequestEntity<byte[]> signed(String id, String secret, Instant time) {
        var request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(URI.create("http://orchestrator:8083/"))
                        .putHeader("Content-Type", "application/x-amz-json-1.0")
                        .putHeader("X-Amz-Target", "AWSStepFunctions.StartExecution")
                        .putHeader("X-Spaces", "  two   spaces ")
                        .build();
        var signed =
                AwsV4HttpSigner.create()
                        .sign(sign ->
                                sign.identity(AwsCredentialsIdentity.create(id, secret))
                                        .request(request)
                                        .payload(() -> new StringInputStream(BODY))
                                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "states")
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                                        .putProperty(
                                                HttpSigner.SIGNING_CLOCK,
                                                Clock.fixed(time, ZoneOffset.UTC)))
                        .request();
        var headers = new HttpHeaders();
        signed.forEachHeader((name, values) -> headers.addAll(name, values));
        return new RequestEntity<>(
                BODY.getBytes(StandardCharsets.UTF_8), headers, HttpMethod.POST, signed.getUri());
    }
}
