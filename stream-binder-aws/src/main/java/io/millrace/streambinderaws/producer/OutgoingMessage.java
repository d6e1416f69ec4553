package io.millrace.streambinderaws.producer;

import io.awspring.cloud.sqs.listener.SqsHeaders.MessageSystemAttributes;
import io.millrace.streambinderaws.payload.PayloadReference;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.cloud.stream.binder.BinderHeaders;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.messaging.MessageHeaders;
import org.springframework.util.MimeType;
import org.springframework.util.PatternMatchUtils;

/**
 * A message as SQS and SNS take it.
 *
 * @param body the payload, which has to be text
 * @param attributes headers with simple values
 * @param group what is kept in order, for FIFO queues and topics
 * @param deduplication what is taken only once in five minutes, for FIFO queues and topics
 */
record OutgoingMessage(
        String body,
        Map<String, Object> attributes,
        Optional<String> group,
        Optional<String> deduplication) {

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
                    BinderHeaders.PARTITION_HEADER,
                    "target-protocol",
                    "acknowledgmentCallback");

    OutgoingMessage {
        attributes = Map.copyOf(attributes);
    }

    /**
     * The message, its own headers over those of a trace.
     *
     * @param names patterns of the names of headers that become attributes
     */
    static OutgoingMessage of(
            Object payload,
            Map<String, Object> headers,
            Map<String, String> trace,
            List<String> names) {
        var attributes = new LinkedHashMap<String, Object>(trace);
        headers.forEach((name, value) -> {
            if (isAttribute(name, value, names)) {
                attributes.putIfAbsent(name, value);
            }
        });
        var partition = headers.get(BinderHeaders.PARTITION_HEADER);
        if (partition != null) {
            // As text: subscriptions of partitions filter by it.
            attributes.put(BinderHeaders.PARTITION_HEADER, partition.toString());
        }
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    ("a message has at most %d attributes, this one has %s: remove headers before"
                                    + " sending, or name those to keep in the producer property 'headers'")
                            .formatted(MAX_ATTRIBUTES, attributes.keySet()));
        }
        return new OutgoingMessage(
                text(payload),
                attributes,
                header(headers, MessageSystemAttributes.SQS_MESSAGE_GROUP_ID_HEADER),
                header(headers, MessageSystemAttributes.SQS_MESSAGE_DEDUPLICATION_ID_HEADER));
    }

    /** A message that refers to this one's payload, which has so many bytes. */
    OutgoingMessage referring(String reference, int bytes) {
        if (attributes.size() == MAX_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    ("a message that refers to its payload has at most %d attributes of its own,"
                                    + " this one has %s")
                            .formatted(MAX_ATTRIBUTES - 1, attributes.keySet()));
        }
        var more = new LinkedHashMap<>(attributes);
        more.put(PayloadReference.SIZE_ATTRIBUTE, bytes);
        return new OutgoingMessage(reference, more, group, deduplication);
    }

    /** What counts for the largest message: the body, and each attribute's name, type and value. */
    int bytes() {
        var total = length(body);
        for (var attribute : attributes.entrySet()) {
            total +=
                    attribute.getKey().length()
                            + BatchingProducer.dataType(attribute.getValue()).length()
                            + length(attribute.getValue().toString());
        }
        return total;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Optional<String> header(Map<String, Object> headers, String name) {
        return Optional.ofNullable(headers.get(name)).map(Object::toString);
    }

    private static boolean isAttribute(String name, Object value, List<String> names) {
        return !INTERNAL.contains(name)
                && !name.startsWith("Sqs_")
                && !name.startsWith("spring.")
                && NAME.matcher(name).matches()
                && names.stream().anyMatch(wanted -> PatternMatchUtils.simpleMatch(wanted, name))
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
