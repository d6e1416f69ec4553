package io.millrace.webhookhandler.signature;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric secret of Standard Webhooks (specification, "Symmetric signatures"). */
public final class SigningSecret {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /**
     * @param text {@code whsec_} and the key in Base64
     */
    public SigningSecret(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "a webhook secret starts with %s, followed by the key in Base64"
                            .formatted(PREFIX));
        }
        this.key =
                new SecretKeySpec(
                        Base64.getDecoder().decode(text.substring(PREFIX.length())), ALGORITHM);
    }

    /** The signature of what a message signs. */
    byte[] sign(String signed) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
