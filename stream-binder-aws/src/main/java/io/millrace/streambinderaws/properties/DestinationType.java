package io.millrace.streambinderaws.properties;

/** What a binding's destination is. */
public enum DestinationType {
    /** An SQS queue; its consumers compete for messages, whatever their group. */
    QUEUE,
    /** An SNS topic; each consumer group has a queue of its own that is subscribed to it. */
    TOPIC
}
