package io.millrace.localcloud.buckets;

import java.util.Set;

/** What can happen to an object here, by the name that S3's notifications give it. */
enum EventType {
    PUT("ObjectCreated:Put"),
    POST("ObjectCreated:Post"),
    COPY("ObjectCreated:Copy"),
    COMPLETE_MULTIPART("ObjectCreated:CompleteMultipartUpload"),
    DELETE("ObjectRemoved:Delete"),
    DELETE_MARKER("ObjectRemoved:DeleteMarkerCreated");

    /** What a configuration may ask for; the last ones never happen here. */
    static final Set<String> PATTERNS =
            Set.of(
                    "s3:ObjectCreated:*",
                    "s3:ObjectCreated:Put",
                    "s3:ObjectCreated:Post",
                    "s3:ObjectCreated:Copy",
                    "s3:ObjectCreated:CompleteMultipartUpload",
                    "s3:ObjectRemoved:*",
                    "s3:ObjectRemoved:Delete",
                    "s3:ObjectRemoved:DeleteMarkerCreated",
                    "s3:ObjectRestore:*",
                    "s3:ObjectTagging:*",
                    "s3:ObjectAcl:Put",
                    "s3:ReducedRedundancyLostObject",
                    "s3:Replication:*",
                    "s3:LifecycleExpiration:*");

    private final String eventName;

    EventType(String eventName) {
        this.eventName = eventName;
    }

    String eventName() {
        return eventName;
    }

    boolean isCreation() {
        return eventName.startsWith("ObjectCreated:");
    }

    boolean matches(String pattern) {
        var name = "s3:" + eventName;
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }
}
