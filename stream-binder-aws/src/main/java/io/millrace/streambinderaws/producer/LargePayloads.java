package io.millrace.streambinderaws.producer;

import io.millrace.streambinderaws.payload.PayloadReference;
import io.millrace.streambinderaws.payload.PayloadStore;
import io.millrace.streambinderaws.properties.AwsProducerProperties;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Sends a reference instead of what is too large, if the binding has a bucket for it. */
final class LargePayloads {

    private final PayloadStore store;
    private final AwsProducerProperties properties;

    LargePayloads(PayloadStore store, AwsProducerProperties properties) {
        this.store = store;
        this.properties = properties;
    }

    /** The message, or one that refers to its payload, which lies in the bucket by then. */
    OutgoingMessage fitting(OutgoingMessage message) {
        var bucket = properties.getLargePayloadBucket();
        if (bucket == null || message.bytes() <= properties.getLargePayloadThreshold().toBytes()) {
            return message;
        }
        var payload = message.body().getBytes(StandardCharsets.UTF_8);
        var place =
                new PayloadReference(bucket, properties.getLargePayloadPrefix() + hash(payload));
        var referring = message.referring(place.body(), payload.length);
        store.put(place, message.body());
        return referring;
    }

    /** A message that is sent again has the same object. */
    private static String hash(byte[] payload) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
