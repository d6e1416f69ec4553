package io.millrace.webhookhandler.signature;

import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signatures of <a href="https://www.standardwebhooks.com">Standard Webhooks</a>.
 *
 * <p>The specification's own Java library reads the system's clock and takes one secret; a rotation
 * needs several, and a test of the tolerance needs a clock.
 */
public final class StandardWebhooks {

    private static final String VERSION = "v1,";

    private final List<SigningSecret> secrets;
    private final Duration tolerance;
    private final InstantSource clock;

    /**
     * @param secrets any of them may have signed
     * @param tolerance how far the timestamp may be from now, in both directions
     */
    public StandardWebhooks(List<SigningSecret> secrets, Duration tolerance, InstantSource clock) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a webhook source needs at least one secret");
        }
        this.secrets = List.copyOf(secrets);
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /**
     * Judges a message by its headers {@code webhook-id}, {@code webhook-timestamp} and {@code
     * webhook-signature}.
     */
    public Verdict verify(
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String signatures,
            String body) {
        if (id == null || id.isBlank()) {
            return new Verdict.Malformed("the header webhook-id is missing");
        }
        if (timestamp == null || signatures == null) {
            return new Verdict.Refused(
                    "the headers webhook-timestamp and webhook-signature are needed");
        }
        var sentAt = seconds(timestamp);
        if (sentAt.isEmpty()) {
            return new Verdict.Malformed("webhook-timestamp has to be seconds since 1970");
        }
        if (Duration.between(sentAt.get(), clock.instant()).abs().compareTo(tolerance) > 0) {
            return new Verdict.Refused(
                    "webhook-timestamp is more than %d s from now"
                            .formatted(tolerance.toSeconds()));
        }
        return isSigned("%s.%s.%s".formatted(id, timestamp, body), signatures)
                ? new Verdict.Genuine()
                : new Verdict.Refused("no signature in webhook-signature fits the message");
    }

    private boolean isSigned(String signed, String signatures) {
        var given =
                Arrays.stream(signatures.split(" "))
                        .filter(each -> each.startsWith(VERSION))
                        .flatMap(each -> decoded(each.substring(VERSION.length())).stream())
                        .toList();
        var fits = false;
        for (var secret : secrets) {
            var expected = secret.sign(signed);
            for (var each : given) {
                // Every pair is compared in full, so that the time tells nothing of the secret.
                fits |= MessageDigest.isEqual(expected, each);
            }
        }
        return fits;
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> seconds(String timestamp) {
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(timestamp)));
        } catch (NumberFormatException | DateTimeException _) {
            return Optional.empty();
        }
    }
}
