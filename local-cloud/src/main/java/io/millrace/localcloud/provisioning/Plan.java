package io.millrace.localcloud.provisioning;

import io.millrace.cloudresources.Resource;
import io.millrace.cloudresources.ResourceTemplate;
import java.util.List;
import java.util.Optional;

/**
 * What is to be there, in the template's order. Making one reads the whole template, so that a
 * mistake in it is known before anything is created.
 */
public record Plan(List<Declaration> declarations) {

    public Plan {
        declarations = List.copyOf(declarations);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException naming the resource, its type and the property, if it holds
     *     what is not understood
     */
    public static Plan of(ResourceTemplate template) {
        return new Plan(
                template.resources().stream().map(Plan::read).flatMap(Optional::stream).toList());
    }

    /** Whether nothing but tables is to be there. */
    public boolean needsTablesOnly() {
        return declarations.stream().allMatch(TableDeclaration.class::isInstance);
    }

    private static Optional<Declaration> read(Resource resource) {
        return switch (resource.type()) {
            case "AWS::SQS::Queue" -> Optional.of(QueueDeclaration.of(resource));
            case "AWS::SNS::Topic" -> Optional.of(TopicDeclaration.of(resource));
            case "AWS::SNS::Subscription" -> Optional.of(SubscriptionDeclaration.of(resource));
            case "AWS::S3::Bucket" -> Optional.of(BucketDeclaration.of(resource));
            case "AWS::DynamoDB::Table" -> Optional.of(TableDeclaration.of(resource));
            case "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy" -> {
                // Policies say who may; here everybody may.
                var policy = Declared.of(resource);
                policy.ignore("Queues", "Topics", "Bucket", "PolicyDocument");
                policy.complete();
                yield Optional.empty();
            }
            // There is no CloudWatch here, and so nothing that they could watch.
            case "AWS::CloudWatch::Alarm" -> Optional.empty();
            default ->
                    throw new IllegalArgumentException(
                            "%s is of type %s, which local-cloud does not understand"
                                    .formatted(resource.logicalId(), resource.type()));
        };
    }
}
