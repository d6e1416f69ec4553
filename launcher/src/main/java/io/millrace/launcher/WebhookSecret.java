package io.millrace.launcher;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A signing secret of Standard Webhooks (specification, "Symmetric").
 *
 * @param value {@code whsec_} and the key in Base64
 */
public record WebhookSecret(String value) {

    /** What sets the secret of the source {@code demo}. */
    public static final String VARIABLE = "MILLRACE_WEBHOOK_SECRET_DEMO";

    private static final String PREFIX = "whsec_";

    public WebhookSecret {
        if (!isSecret(value)) {
            throw new IllegalArgumentException(
                    "%s has to start with %s, followed by the key in Base64"
                            .formatted(VARIABLE, PREFIX));
        }
    }

    private static boolean isSecret(String value) {
        try {
            return value.startsWith(PREFIX)
                    && Base64.getDecoder().decode(value.substring(PREFIX.length())).length > 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** The secret that the environment sets, or a new one. */
    static WebhookSecret fromEnvironment() {
        var set = System.getenv(VARIABLE);
        return set == null ? random() : new WebhookSecret(set);
    }

    public static WebhookSecret random() {
        var key = new byte[24];
        new SecureRandom().nextBytes(key);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** The header {@code webhook-signature} of a message. */
    public String signature(String id, long timestamp, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(), "HmacSHA256"));
            var signed = "%s.%d.%s".formatted(id, timestamp, body);
            return "v1,"
                    + Base64.getEncoder()
                            .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    /** The key in the form that {@code openssl dgst -macopt hexkey:} takes. */
    String hexKey() {
        return HexFormat.of().formatHex(key());
    }

    private byte[] key() {
        return Base64.getDecoder().decode(value.substring(PREFIX.length()));
    }

    /** Not the secret: records are printed by accident. */
    @Override
    public String toString() {
        return "WebhookSecret[…]";
    }
}
