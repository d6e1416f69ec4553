package io.millrace.localcloud.topics;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.front.QueryForm;
import io.millrace.localcloud.queues.MessageAttribute;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Reads what is to be published and refuses what SNS refuses. */
final class PublishRequest {

    static final int MAX_BYTES = 256 * 1024;

    private PublishRequest() {}

    static Publication read(QueryForm form, Topic topic) {
        var whole = form.get("Message").orElse("");
        if (whole.isEmpty()) {
            throw invalid("Empty message");
        }
        var messages = messages(form, whole);
        var publication =
                new Publication(
                        form.get("Subject"),
                        messages.getOrDefault("default", whole),
                        messages,
                        attributes(form),
                        form.get("MessageGroupId"),
                        deduplication(form, topic, whole));
        if (publication.bytes() > MAX_BYTES) {
            throw invalid("Message too long");
        }
        if (topic.isFifo() && publication.group().isEmpty()) {
            throw invalid("The MessageGroupId parameter is required for FIFO topics");
        }
        return publication;
    }

    /** With {@code MessageStructure=json} there is a text for each protocol. */
    private static Map<String, String> messages(QueryForm form, String whole) {
        if (form.get("MessageStructure").filter("json"::equals).isEmpty()) {
            return Map.of();
        }
        var messages = new LinkedHashMap<String, String>();
        try {
            FilterPolicy.JSON
                    .readTree(whole)
                    .properties()
                    .forEach(each ->
                            each.getValue()
                                    .stringValueOpt()
                                    .ifPresent(text -> messages.put(each.getKey(), text)));
        } catch (JacksonException e) {
            throw invalid("Message Structure - JSON message body failed to parse");
        }
        if (!messages.containsKey("default")) {
            throw invalid("Message Structure - No default entry in JSON message body");
        }
        return messages;
    }

    private static Map<String, MessageAttribute> attributes(QueryForm form) {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        for (var entry : form.list("MessageAttributes.entry")) {
            var type = entry.required("Value.DataType");
            var value =
                    entry.get(type.startsWith("Binary") ? "Value.BinaryValue" : "Value.StringValue")
                            .orElse("");
            check(entry.required("Name"), type, value);
            attributes.put(entry.required("Name"), new MessageAttribute(type, value));
        }
        return attributes;
    }

    private static void check(String name, String type, String value) {
        if (!type.matches("(String|Number|Binary)(\\..+)?")) {
            throw invalid(
                    "The message attribute '%s' has an invalid message attribute type"
                            .formatted(name));
        }
        if (value.isEmpty()) {
            throw invalid(
                    "The message attribute '%s' must contain non-empty message attribute value"
                            .formatted(name));
        }
        try {
            if (type.startsWith("Number")) {
                new java.math.BigDecimal(value);
            } else if (type.equals("String.Array")) {
                FilterPolicy.JSON.readTree(value);
            }
        } catch (NumberFormatException | JacksonException e) {
            throw invalid(
                    "Could not cast message attribute '%s' value to %s".formatted(name, type));
        }
    }

    private static Optional<String> deduplication(QueryForm form, Topic topic, String message) {
        var given = form.get("MessageDeduplicationId");
        if (!topic.isFifo() || given.isPresent()) {
            return given;
        }
        if (!Boolean.parseBoolean(topic.attributes().get("ContentBasedDeduplication"))) {
            throw invalid(
                    "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
        }
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(message.getBytes(StandardCharsets.UTF_8));
            return Optional.of("%064x".formatted(new BigInteger(1, hash)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AwsError invalid(String why) {
        return AwsError.badRequest("InvalidParameter", "Invalid parameter: " + why);
    }
}
