package io.millrace.localcloud.topics;

import io.millrace.localcloud.aws.AwsError;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who gets what a topic receives.
 *
 * @param endpoint for the protocol sqs the queue's ARN, for http and https the URL
 * @param attributes those that were set, by SNS's names
 * @param confirmation what HTTP endpoints have to give back; queues need none
 */
record Subscription(
        String arn,
        String topicArn,
        String protocol,
        String endpoint,
        Map<String, String> attributes,
        Optional<Confirmation> confirmation) {

    private static final Set<String> SETTABLE =
            Set.of(
                    "RawMessageDelivery",
                    "FilterPolicy",
                    "FilterPolicyScope",
                    "RedrivePolicy",
                    "DeliveryPolicy");

    Subscription {
        attributes = Map.copyOf(attributes);
        switch (protocol) {
            case "sqs" -> {
                if (!endpoint.startsWith("arn:aws:sqs:")) {
                    throw invalid("SQS endpoint ARN: %s is none".formatted(endpoint));
                }
            }
            case "http", "https" -> checkUrl(topicArn, protocol, endpoint);
            default ->
                    throw invalid(
                            "Protocol: local-cloud delivers to sqs, http and https, not to "
                                    + protocol);
        }
        for (var name : attributes.keySet()) {
            if (!SETTABLE.contains(name)) {
                throw invalid("AttributeName: " + name);
            }
        }
        FilterPolicy.of(attributes);
        RetryPolicy.of(attributes, Map.of());
    }

    private static void checkUrl(String topicArn, String protocol, String endpoint) {
        if (topicArn.endsWith(".fifo")) {
            throw invalid("Endpoint Reason: FIFO topics deliver to queues only");
        }
        try {
            var url = URI.create(endpoint);
            if (!protocol.equals(url.getScheme()) || url.getHost() == null) {
                throw invalid("Endpoint must match the specified protocol");
            }
        } catch (IllegalArgumentException e) {
            throw invalid("Endpoint Reason: no URL: " + e.getMessage());
        }
    }

    private static AwsError invalid(String why) {
        return AwsError.badRequest("InvalidParameter", "Invalid parameter: " + why);
    }

    Subscription with(Map<String, String> changed) {
        return new Subscription(arn, topicArn, protocol, endpoint, changed, confirmation);
    }

    Subscription confirmed() {
        return new Subscription(
                arn,
                topicArn,
                protocol,
                endpoint,
                attributes,
                confirmation.map(asked -> new Confirmation(asked.token(), true)));
    }

    /** Whether it gets nothing yet. */
    boolean isPending() {
        return confirmation.filter(asked -> !asked.given()).isPresent();
    }

    boolean isToQueue() {
        return protocol.equals("sqs");
    }

    /** Whether the message travels alone, its attributes as the queue's, or in SNS's envelope. */
    boolean isRaw() {
        return Boolean.parseBoolean(attributes.get("RawMessageDelivery"));
    }
}
