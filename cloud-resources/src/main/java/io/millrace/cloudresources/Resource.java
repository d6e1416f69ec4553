package io.millrace.cloudresources;

import java.util.Map;

/**
 * One entry of a template's {@code Resources}, its intrinsic functions resolved.
 *
 * @param logicalId the entry's name within the template
 * @param type the CloudFormation type, such as {@code AWS::SQS::Queue}
 * @param properties the resolved properties: maps, lists, strings, numbers and booleans
 */
public record Resource(String logicalId, String type, Map<String, Object> properties) {

    /** Which property of which type holds the physical name. */
    private static final Map<String, String> NAME_PROPERTIES =
            Map.of(
                    "AWS::SQS::Queue", "QueueName",
                    "AWS::SNS::Topic", "TopicName",
                    "AWS::S3::Bucket", "BucketName",
                    "AWS::DynamoDB::Table", "TableName");

    public Resource {
        properties = Map.copyOf(properties);
    }

    /** Whether services refer to this resource by a physical name. */
    public boolean hasName() {
        return NAME_PROPERTIES.containsKey(type);
    }

    /**
     * The name under which AWS knows the resource.
     *
     * @throws IllegalArgumentException if the template leaves it to CloudFormation
     */
    public String physicalName() {
        return physicalName(logicalId, type, properties);
    }

    static String physicalName(String logicalId, String type, Map<String, ?> properties) {
        var property = NAME_PROPERTIES.get(type);
        if (property == null) {
            throw new IllegalArgumentException("%s (%s) has no name".formatted(logicalId, type));
        }
        if (!(properties.get(property) instanceof String name)) {
            throw new IllegalArgumentException(
                    "%s (%s) needs a %s: Millrace finds its resources by name"
                            .formatted(logicalId, type, property));
        }
        return name;
    }
}
