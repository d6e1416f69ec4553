package io.millrace.localcloud.provisioning;

import io.millrace.cloudresources.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An {@code AWS::SQS::Queue} as CreateQueue has it. */
record QueueDeclaration(String name, Map<String, String> attributes, Map<String, String> tags)
        implements Declaration {

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
        declared.json("RedrivePolicy").ifPresent(value -> attributes.put("RedrivePolicy", value));
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
