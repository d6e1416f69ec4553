package io.millrace.webhookhandler.signature;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Verifies signatures of <a href="https://www.standardwebhooks.com">Standard Webhooks</a>.
 *
 * <p>The specification's own Java library reads the system's clock and takes one secret; a rotation
 * needs several, and a test of the tolerance needs a clock.
 */
public final class StandardWebhooks implements SignatureScheme {

    private static final String VERSION = "v1,";
    private static final String SECRET = "whsec_";

    private final HmacSha256 secrets;
    private final Tolerance tolerance;

    /**
     * @param secrets any of them may have signed: {@code whsec_} and the key in Base64
     *     (specification, "Symmetric signatures")
     * @param tolerance how far the timestamp may be from now, in both directions
     */
    public StandardWebhooks(List<String> secrets, Duration tolerance, InstantSource clock) {
        this.secrets = new HmacSha256(secrets.stream().map(StandardWebhooks::key).toList());
        this.tolerance = new Tolerance(tolerance, clock);
    }

    private static byte[] key(String secret) {
        if (!secret.startsWith(SECRET)) {
            throw new IllegalArgumentException(
                    "a webhook secret starts with %s, followed by the key in Base64"
                            .formatted(SECRET));
        }
        return Base64.getDecoder().decode(secret.substring(SECRET.length()));
    }

    @Override
    public Verdict verify(Headers headers, String body) {
        var id = headers.first("webhook-id").filter(text -> !text.isBlank());
        if (id.isEmpty()) {
            return new Verdict.Malformed("the header webhook-id is missing");
        }
        var timestamp = headers.first("webhook-timestamp");
        var signatures = headers.first("webhook-signature");
        if (timestamp.isEmpty() || signatures.isEmpty()) {
            return new Verdict.Refused(
                    "the headers webhook-timestamp and webhook-signature are needed");
        }
        var objection = tolerance.objection("webhook-timestamp", timestamp.get());
        if (objection.isPresent()) {
            return objection.get();
        }
        var signed = "%s.%s.%s".formatted(id.get(), timestamp.get(), body);
        return secrets.isSigned(signed, signatures(signatures.get()))
                ? new Verdict.Genuine(id.get())
                : new Verdict.Refused("no signature in webhook-signature fits the message");
    }

    private static List<byte[]> signatures(String header) {
        return Arrays.stream(header.split(" "))
                .filter(each -> each.startsWith(VERSION))
                .flatMap(each -> decoded(each.substring(VERSION.length())).stream())
                .toList();
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
