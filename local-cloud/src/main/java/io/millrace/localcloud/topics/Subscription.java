package io.millrace.localcloud.topics;

import io.millrace.localcloud.aws.AwsError;
import java.util.Map;
import java.util.Set;

/**
 * Who gets what a topic receives.
 *
 * @param endpoint for the protocol sqs, the queue's ARN
 * @param attributes those that were set, by SNS's names
 */
record Subscription(
        String arn,
        String topicArn,
        String protocol,
        String endpoint,
        Map<String, String> attributes) {

    private static final Set<String> SETTABLE =
            Set.of(
                    "RawMessageDelivery",
                    "FilterPolicy",
                    "FilterPolicyScope",
                    "RedrivePolicy",
                    "DeliveryPolicy");

    Subscription {
        attributes = Map.copyOf(attributes);
        if (!protocol.equals("sqs")) {
            throw AwsError.badRequest(
                    "InvalidParameter",
                    "Invalid parameter: Protocol: local-cloud delivers to sqs, not to " + protocol);
        }
        if (!endpoint.startsWith("arn:aws:sqs:")) {
            throw AwsError.badRequest(
                    "InvalidParameter",
                    "Invalid parameter: SQS endpoint ARN: %s is none".formatted(endpoint));
        }
        for (var name : attributes.keySet()) {
            if (!SETTABLE.contains(name)) {
                throw AwsError.badRequest(
                        "InvalidParameter", "Invalid parameter: AttributeName: " + name);
            }
        }
        FilterPolicy.of(attributes);
    }

    Subscription with(Map<String, String> changed) {
        return new Subscription(arn, topicArn, protocol, endpoint, changed);
    }

    /** Whether the message travels alone, its attributes as the queue's, or in SNS's envelope. */
    boolean isRaw() {
        return Boolean.parseBoolean(attributes.get("RawMessageDelivery"));
    }
}
