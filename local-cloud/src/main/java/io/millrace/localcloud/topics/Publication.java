package io.millrace.localcloud.topics;

import io.millrace.localcloud.queues.MessageAttribute;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is published.
 *
 * @param messages texts for single protocols, from {@code MessageStructure=json}
 * @param group the message group id, for FIFO topics
 * @param deduplication the deduplication id, for FIFO topics
 */
public record Publication(
        Optional<String> subject,
        String message,
        Map<String, String> messages,
        Map<String, MessageAttribute> attributes,
        Optional<String> group,
        Optional<String> deduplication) {

    public Publication {
        messages = Map.copyOf(messages);
        attributes = Map.copyOf(attributes);
    }

    /** A publication of a text with a subject. */
    public static Publication of(String subject, String message) {
        return new Publication(
                Optional.of(subject),
                message,
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** What subscribers of that protocol get. */
    String messageFor(String protocol) {
        return messages.getOrDefault(protocol, message);
    }

    /** Its size as SNS counts it: the message and its attributes' names, types and values. */
    int bytes() {
        var attributeBytes =
                attributes.entrySet().stream()
                        .mapToInt(each ->
                                length(each.getKey())
                                        + length(each.getValue().type())
                                        + length(each.getValue().value()))
                        .sum();
        return length(message) + attributeBytes;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The attributes as filter policies see them: texts, numbers, and arrays of such. */
    ObjectNode attributesAsJson() {
        var json = FilterPolicy.JSON.createObjectNode();
        attributes.forEach((name, attribute) -> {
            var type = attribute.type();
            if (type.equals("String.Array")) {
                json.set(name, FilterPolicy.JSON.readTree(attribute.value()));
            } else if (type.startsWith("Number")) {
                json.put(name, new BigDecimal(attribute.value()));
            } else if (!attribute.isBinary()) {
                json.put(name, attribute.value());
            }
        });
        return json;
    }
}
