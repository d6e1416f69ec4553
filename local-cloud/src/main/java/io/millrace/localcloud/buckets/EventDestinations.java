package io.millrace.localcloud.buckets;

/** Where events of buckets can go. */
public interface EventDestinations {

    /** Whether the queue or topic of that ARN is there. */
    boolean exists(String arn);

    /** Hands a message to it. */
    void send(String arn, String message);
}
