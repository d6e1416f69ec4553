package io.millrace.localcloud.provisioning;

import io.millrace.cloudresources.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An {@code AWS::SNS::Topic}, with the endpoints subscribed to it in place. */
record TopicDeclaration(
        String name,
        Map<String, String> attributes,
        Map<String, String> tags,
        List<Endpoint> endpoints)
        implements Declaration {

    /** Who is subscribed. */
    record Endpoint(String protocol, String address) {}

    static TopicDeclaration of(Resource resource) {
        var declared = Declared.of(resource);
        var attributes = new LinkedHashMap<String, String>();
        for (var attribute : List.of("DisplayName", "FifoTopic", "ContentBasedDeduplication")) {
            declared.text(attribute).ifPresent(value -> attributes.put(attribute, value));
        }
        var endpoints = new ArrayList<Endpoint>();
        for (var each : declared.parts("Subscription")) {
            endpoints.add(new Endpoint(each.required("Protocol"), each.required("Endpoint")));
            each.complete();
        }
        var name = declared.required("TopicName");
        var tags = declared.tags();
        // Keys, tracing and signing: messages only pass from here to queues here.
        declared.ignore("KmsMasterKeyId", "TracingConfig", "SignatureVersion");
        declared.complete();
        return new TopicDeclaration(name, attributes, tags, endpoints);
    }
}
