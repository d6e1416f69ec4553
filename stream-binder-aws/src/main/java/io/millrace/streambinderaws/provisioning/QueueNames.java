package io.millrace.streambinderaws.provisioning;

/** Names of queues that are made from a destination's name. */
final class QueueNames {

    /** SQS Developer Guide, "FIFO queue and message identifiers": the name has to end with it. */
    private static final String FIFO = ".fifo";

    private QueueNames() {}

    static boolean isFifo(String name) {
        return name.endsWith(FIFO);
    }

    static String ofGroup(String topic, String group) {
        return extended(topic, group);
    }

    static String ofPartition(String destination, int partition) {
        return extended(destination, String.valueOf(partition));
    }

    static String ofDeadLetters(String queue) {
        return extended(queue, "dlq");
    }

    private static String extended(String name, String part) {
        return isFifo(name)
                ? name.substring(0, name.length() - FIFO.length()) + "-" + part + FIFO
                : name + "-" + part;
    }
}
