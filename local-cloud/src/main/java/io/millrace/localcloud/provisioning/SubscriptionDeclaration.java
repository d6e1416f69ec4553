package io.millrace.localcloud.provisioning;

import io.millrace.cloudresources.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An {@code AWS::SNS::Subscription} as Subscribe has it. */
record SubscriptionDeclaration(
        String topicArn, String protocol, String endpoint, Map<String, String> attributes)
        implements Declaration {

    static SubscriptionDeclaration of(Resource resource) {
        var declared = Declared.of(resource);
        var attributes = new LinkedHashMap<String, String>();
        for (var name : List.of("RawMessageDelivery", "FilterPolicyScope")) {
            declared.text(name).ifPresent(value -> attributes.put(name, value));
        }
        for (var name : List.of("FilterPolicy", "RedrivePolicy")) {
            declared.json(name).ifPresent(value -> attributes.put(name, value));
        }
        var topicArn = declared.required("TopicArn");
        var protocol = declared.required("Protocol");
        var endpoint = declared.required("Endpoint");
        declared.ignore("Region");
        declared.complete();
        return new SubscriptionDeclaration(topicArn, protocol, endpoint, attributes);
    }
}
