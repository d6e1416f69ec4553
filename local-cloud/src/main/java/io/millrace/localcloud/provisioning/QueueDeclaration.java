package io.millrace.localcloud.provisioning;

import io.millrace.cloudresources.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** An {@code AWS::SQS::Queue} as CreateQueue has it. */
record QueueDeclaration(String name, Map<String, String> attributes, Map<String, String> tags) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> TEXTS =
            List.of(
                    "VisibilityTimeout",
                    "ReceiveMessageWaitTimeSeconds",
                    "MessageRetentionPeriod",
                    "DelaySeconds",
                    "MaximumMessageSize",
                    "FifoQueue",
                    "ContentBasedDeduplication",
                    "DeduplicationScope",
                    "FifoThroughputLimit");

    static QueueDeclaration of(Resource resource) {
        var declared = Declared.of(resource);
        var attributes = new LinkedHashMap<String, String>();
        for (var name : TEXTS) {
            declared.text(name).ifPresent(value -> attributes.put(name, value));
        }
        declared.part("RedrivePolicy")
                .ifPresent(policy -> {
                    var json =
                            JSON.createObjectNode()
                                    .put(
                                            "deadLetterTargetArn",
                                            policy.required("deadLetterTargetArn"))
                                    .put("maxReceiveCount", policy.required("maxReceiveCount"));
                    policy.complete();
                    attributes.put("RedrivePolicy", json.toString());
                });
        // Who may redrive, and keys: here everybody may, and nothing is encrypted.
        declared.ignore(
                "RedriveAllowPolicy",
                "KmsMasterKeyId",
                "KmsDataKeyReusePeriodSeconds",
                "SqsManagedSseEnabled");
        var name = declared.required("QueueName");
        var tags = declared.tags();
        declared.complete();
        return new QueueDeclaration(name, attributes, tags);
    }
}
