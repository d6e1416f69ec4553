package io.millrace.streambinderaws.provisioning;

import io.millrace.streambinderaws.provisioning.QueueDestination.Redrive;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of a queue's attribute {@code RedrivePolicy} (SQS API reference, SetQueueAttributes).
 */
final class RedrivePolicy {

    private static final JsonMapper JSON = new JsonMapper();

    private RedrivePolicy() {}

    static Optional<Redrive> read(@Nullable String policy) {
        if (policy == null || policy.isEmpty()) {
            return Optional.empty();
        }
        var tree = JSON.readTree(policy);
        var arn = tree.path("deadLetterTargetArn").asString("");
        return arn.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Redrive(
                                arn.substring(arn.lastIndexOf(':') + 1),
                                tree.path("maxReceiveCount").asInt()));
    }

    static String write(String deadLetterQueueArn, int maxReceiveCount) {
        return JSON.createObjectNode()
                .put("deadLetterTargetArn", deadLetterQueueArn)
                .put("maxReceiveCount", String.valueOf(maxReceiveCount))
                .toString();
    }
}
