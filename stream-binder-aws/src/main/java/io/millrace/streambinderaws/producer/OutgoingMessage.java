package io.millrace.streambinderaws.producer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.messaging.MessageHeaders;
import org.springframework.util.MimeType;

/**
 * A message as SQS and SNS take it.
 *
 * @param body the payload, which has to be text
 * @param attributes headers with simple values
 */
record OutgoingMessage(String body, Map<String, Object> attributes) {

    private static final int MAX_ATTRIBUTES = 10;

    /** SQS Developer Guide, "Message attribute components". */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");

    private static final Set<String> INTERNAL =
            Set.of(
                    MessageHeaders.ID,
                    MessageHeaders.TIMESTAMP,
                    MessageHeaders.ERROR_CHANNEL,
                    MessageHeaders.REPLY_CHANNEL,
                    IntegrationMessageHeaderAccessor.DELIVERY_ATTEMPT,
                    IntegrationMessageHeaderAccessor.SOURCE_DATA,
                    "scst_partition",
                    "target-protocol",
                    "acknowledgmentCallback");

    OutgoingMessage {
        attributes = Map.copyOf(attributes);
    }

    /** The message, its own headers over those of a trace. */
    static OutgoingMessage of(
            Object payload, Map<String, Object> headers, Map<String, String> trace) {
        var attributes = new LinkedHashMap<String, Object>(trace);
        headers.forEach((name, value) -> {
            if (isAttribute(name, value)) {
                attributes.putIfAbsent(name, value);
            }
        });
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    "a message has at most %d attributes, this one has %s: remove headers before sending"
                            .formatted(MAX_ATTRIBUTES, attributes.keySet()));
        }
        return new OutgoingMessage(text(payload), attributes);
    }

    int bytes() {
        var total = body.getBytes(StandardCharsets.UTF_8).length;
        for (var attribute : attributes.entrySet()) {
            total += attribute.getKey().length() + attribute.getValue().toString().length() + 16;
        }
        return total;
    }

    private static boolean isAttribute(String name, Object value) {
        return !INTERNAL.contains(name)
                && !name.startsWith("Sqs_")
                && !name.startsWith("spring.")
                && NAME.matcher(name).matches()
                && ((value instanceof String text && !text.isEmpty())
                        || value instanceof Number
                        || value instanceof Boolean
                        || value instanceof MimeType);
    }

    private static String text(Object payload) {
        return switch (payload) {
            case String text -> text;
            case byte[] bytes -> {
                try {
                    yield StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
                } catch (CharacterCodingException e) {
                    throw new IllegalArgumentException(
                            "SQS and SNS carry text; encode binary payloads, for example as Base64",
                            e);
                }
            }
            case Object other ->
                    throw new IllegalArgumentException(
                            "a payload has to be bytes or text by now, not %s"
                                    .formatted(other.getClass().getName()));
        };
    }
}
