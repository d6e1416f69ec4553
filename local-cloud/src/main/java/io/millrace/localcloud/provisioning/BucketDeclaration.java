package io.millrace.localcloud.provisioning;

import io.millrace.cloudresources.Resource;
import io.millrace.localcloud.buckets.Notification;
import java.util.ArrayList;
import java.util.List;

/** An {@code AWS::S3::Bucket}: its name and whom it notifies. */
record BucketDeclaration(String name, List<Notification> notifications) implements Declaration {

    static BucketDeclaration of(Resource resource) {
        var declared = Declared.of(resource);
        var notifications = new ArrayList<Notification>();
        declared.part("NotificationConfiguration")
                .ifPresent(configuration -> {
                    read(resource, configuration, "Queue", notifications);
                    read(resource, configuration, "Topic", notifications);
                    configuration.complete();
                });
        // Ageing, access and encryption: nothing of it can be seen in an endpoint for one user.
        declared.ignore(
                "LifecycleConfiguration",
                "PublicAccessBlockConfiguration",
                "BucketEncryption",
                "OwnershipControls",
                "Tags");
        var name = declared.required("BucketName");
        declared.complete();
        return new BucketDeclaration(name, notifications);
    }

    private static void read(
            Resource resource, Declared configuration, String kind, List<Notification> into) {
        for (var wish : configuration.parts(kind + "Configurations")) {
            var prefix = new StringBuilder();
            var suffix = new StringBuilder();
            wish.part("Filter")
                    .ifPresent(filter -> {
                        readRules(filter, prefix, suffix);
                        filter.complete();
                    });
            into.add(
                    new Notification(
                            // CloudFormation lets no one name it; S3 makes one up, here a stable
                            // one.
                            resource.logicalId() + "-" + into.size(),
                            wish.required(kind),
                            List.of(wish.required("Event")),
                            prefix.toString(),
                            suffix.toString()));
            wish.complete();
        }
    }

    private static void readRules(Declared filter, StringBuilder prefix, StringBuilder suffix) {
        filter.part("S3Key")
                .ifPresent(key -> {
                    for (var rule : key.parts("Rules")) {
                        var name = rule.required("Name");
                        var into =
                                switch (name) {
                                    case "prefix" -> prefix;
                                    case "suffix" -> suffix;
                                    default ->
                                            throw rule.problem(
                                                    "filters by prefix or suffix, not by " + name);
                                };
                        into.append(rule.required("Value"));
                        rule.complete();
                    }
                    key.complete();
                });
    }
}
