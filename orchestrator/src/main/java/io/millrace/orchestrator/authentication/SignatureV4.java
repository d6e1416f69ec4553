package io.millrace.orchestrator.authentication;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.RequestEntity;

/**
 * AWS Signature Version 4 (IAM User Guide, "Create a signed AWS API request"), from the side that
 * checks it. The AWS SDK's own signer does not serve: it signs headers of its own choice, not those
 * that a client has chosen.
 */
final class SignatureV4 implements Authentication {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final Duration TOLERANCE = Duration.ofMinutes(5);
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final String SERVICE = "states";
    private static final String DATE = "x-amz-date";

    private final Map<String, String> secrets;
    private final Clock clock;

    /**
     * @param secrets the secret access key of each access key id
     */
    SignatureV4(Map<String, String> secrets, Clock clock) {
        this.secrets = Map.copyOf(secrets);
        this.clock = clock;
    }

    @Override
    public void check(RequestEntity<byte[]> request) {
        var headers = request.getHeaders();
        var claim = SignatureClaim.of(headers);
        var signed = time(headers.getFirst(DATE));
        checkScope(claim, TIME.format(signed));
        checkAge(signed);
        checkCoverage(claim, headers);
        var secret = secrets.get(claim.accessKeyId());
        if (secret == null) {
            throw NotAuthenticated.unrecognized();
        }
        var text =
                String.join(
                        "\n",
                        ALGORITHM,
                        TIME.format(signed),
                        claim.scope(),
                        sha256(utf8(canonical(request, claim))));
        if (!MessageDigest.isEqual(utf8(signature(secret, claim, text)), utf8(claim.signature()))) {
            throw NotAuthenticated.signature();
        }
    }

    private static Instant time(@Nullable String date) {
        if (date == null) {
            throw NotAuthenticated.incomplete(
                    "Authorization header requires existence of a 'X-Amz-Date' header.");
        }
        try {
            return TIME.parse(date, Instant::from);
        } catch (DateTimeException _) {
            throw NotAuthenticated.incomplete(
                    "Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601"
                            .formatted(date));
        }
    }

    private static void checkScope(SignatureClaim claim, String time) {
        if (!claim.service().equals(SERVICE)) {
            throw NotAuthenticated.invalid(
                    "Credential should be scoped to correct service: '%s'.".formatted(SERVICE));
        }
        if (!time.startsWith(claim.date())) {
            throw NotAuthenticated.invalid(
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%s' != '%s', from '%s'."
                            .formatted(claim.date(), time.substring(0, 8), time));
        }
    }

    private void checkAge(Instant signed) {
        var now = clock.instant();
        if (signed.isBefore(now.minus(TOLERANCE))) {
            throw NotAuthenticated.expired(signed, now);
        }
        if (signed.isAfter(now.plus(TOLERANCE))) {
            throw NotAuthenticated.early(signed, now);
        }
    }

    /** The operation is in a header: one that is not signed could be another than was meant. */
    private static void checkCoverage(SignatureClaim claim, HttpHeaders headers) {
        var needed = new TreeSet<>(Set.of("host"));
        headers.headerNames().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("x-amz-"))
                .forEach(needed::add);
        claim.signedHeaders().forEach(needed::remove);
        if (!needed.isEmpty()) {
            throw NotAuthenticated.invalid(
                    "'%s' must be a 'SignedHeader' in the AWS Authorization."
                            .formatted(String.join("', '", needed)));
        }
    }

    private static String canonical(RequestEntity<byte[]> request, SignatureClaim claim) {
        var headers = request.getHeaders();
        var body = request.getBody();
        return String.join(
                "\n",
                String.valueOf(request.getMethod()),
                "/",
                canonicalQuery(request.getUrl().getRawQuery()),
                claim.signedHeaders().stream()
                        .map(name -> name + ":" + canonicalValue(headers, name) + "\n")
                        .collect(Collectors.joining()),
                String.join(";", claim.signedHeaders()),
                sha256(body == null ? new byte[0] : body));
    }

    private static String canonicalQuery(@Nullable String query) {
        return query == null
                ? ""
                : Arrays.stream(query.split("&"))
                        .map(parameter -> parameter.contains("=") ? parameter : parameter + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static String canonicalValue(HttpHeaders headers, String name) {
        return headers.getOrEmpty(name).stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
    }

    private static String signature(String secret, SignatureClaim claim, String text) {
        var key = utf8("AWS4" + secret);
        for (var part : claim.scope().split("/")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, text));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
