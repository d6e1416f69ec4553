package io.millrace.localcloud.topics;

import io.millrace.localcloud.aws.AwsError;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which messages a subscription wants (Amazon SNS Developer Guide, "Subscription filter policies").
 *
 * @param inBody whether it looks into the message's body instead of its attributes
 */
record FilterPolicy(PolicyNode root, boolean inBody) {

    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final FilterPolicy EVERYTHING =
            new FilterPolicy(new PolicyNode.Fields(Map.of(), java.util.List.of()), false);

    /** The policy in a subscription's attributes; all messages if there is none. */
    static FilterPolicy of(Map<String, String> attributes) {
        var policy = attributes.getOrDefault("FilterPolicy", "");
        var scope = attributes.getOrDefault("FilterPolicyScope", "MessageAttributes");
        if (!scope.equals("MessageAttributes") && !scope.equals("MessageBody")) {
            throw AwsError.badRequest(
                    "InvalidParameter", "Invalid parameter: FilterPolicyScope: " + scope);
        }
        if (policy.isBlank()) {
            return EVERYTHING;
        }
        try {
            return new FilterPolicy(
                    PolicyNode.parse(JSON.readTree(policy)), scope.equals("MessageBody"));
        } catch (JacksonException e) {
            throw invalid("no JSON: " + e.getOriginalMessage());
        }
    }

    static AwsError invalid(String why) {
        return AwsError.badRequest("InvalidParameter", "Invalid parameter: FilterPolicy: " + why);
    }

    boolean accepts(Publication publication, String protocol) {
        if (!inBody) {
            return root.accepts(publication.attributesAsJson());
        }
        try {
            JsonNode body = JSON.readTree(publication.messageFor(protocol));
            // A body that is no object has nothing that a policy could look at.
            return body.isObject() && root.accepts(body);
        } catch (JacksonException e) {
            return false;
        }
    }
}
