package io.millrace.orchestrator.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a few texts into a token: readable for anybody, made only with the key (HMAC-SHA256, RFC
 * 2104). A token says nothing of whether its task still waits.
 */
public final class TaskTokens {

    /** Shorter keys are easier to guess than the hash (RFC 2104, section 3). */
    public static final int MIN_KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SEAL_BYTES = 16;
    private static final byte VERSION = 1;
    private static final Base64.Encoder WRITE = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder READ = Base64.getUrlDecoder();

    private final SecretKeySpec key;

    public TaskTokens(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "The key of the task tokens has %d bytes; give it %d or more, such as `openssl rand -base64 32` writes"
                            .formatted(key.length, MIN_KEY_BYTES));
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The token of these texts, at most 2,048 characters for texts of 1,500 bytes together. */
    public String seal(List<String> texts) {
        var parts = texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
        var buffer =
                ByteBuffer.allocate(
                        1 + parts.stream().mapToInt(part -> 2 + part.length).sum() + SEAL_BYTES);
        buffer.put(VERSION);
        parts.forEach(part -> buffer.putShort((short) part.length).put(part));
        var content = Arrays.copyOf(buffer.array(), buffer.position());
        return WRITE.encodeToString(buffer.put(hash(content)).array());
    }

    /** The texts of a token, if it was made with the key. */
    public Optional<List<String>> open(String token) {
        byte[] bytes;
        try {
            bytes = READ.decode(token);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (bytes.length <= SEAL_BYTES || bytes[0] != VERSION) {
            return Optional.empty();
        }
        var content = Arrays.copyOf(bytes, bytes.length - SEAL_BYTES);
        var seal = Arrays.copyOfRange(bytes, content.length, bytes.length);
        return MessageDigest.isEqual(seal, hash(content))
                ? Optional.of(parts(ByteBuffer.wrap(content, 1, content.length - 1)))
                : Optional.empty();
    }

    private static List<String> parts(ByteBuffer content) {
        var parts = new ArrayList<String>();
        while (content.hasRemaining()) {
            var part = new byte[content.getShort() & 0xFFFF];
            content.get(part);
            parts.add(new String(part, StandardCharsets.UTF_8));
        }
        return List.copyOf(parts);
    }

    private byte[] hash(byte[] content) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(content), SEAL_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
