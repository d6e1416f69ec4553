package io.millrace.webhookhandler.signature;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets of a sender, any of which may have signed: several while one replaces another. */
final class HmacSha256 {

    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    HmacSha256(List<byte[]> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a webhook source needs at least one secret");
        }
        this.keys = secrets.stream().map(secret -> new SecretKeySpec(secret, ALGORITHM)).toList();
    }

    static HmacSha256 ofTexts(List<String> secrets) {
        return new HmacSha256(
                secrets.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
    }

    /** Whether one of the signatures is one of the text. */
    boolean isSigned(String text, List<byte[]> signatures) {
        var fits = false;
        for (var key : keys) {
            var expected = sign(key, text);
            for (var each : signatures) {
                // Every pair is compared in full, so that the time tells nothing of the secret.
                fits |= MessageDigest.isEqual(expected, each);
            }
        }
        return fits;
    }

    private static byte[] sign(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
