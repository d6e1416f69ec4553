package io.millrace.streambinderaws.provisioning;

import java.util.UUID;

/** Names of queues that are made from a destination's name. */
final class QueueNames {

    /** SQS Developer Guide, "FIFO queue and message identifiers": the name has to end with it. */
    private static final String FIFO = ".fifo";

    private static final String ANONYMOUS = "anonymous-";

    private QueueNames() {}

    static boolean isFifo(String name) {
        return name.endsWith(FIFO);
    }

    static String ofGroup(String topic, String group) {
        return extended(topic, group);
    }

    /** The queue of an anonymous group: no two have the same name, which SQS wants short. */
    static String ofAnonymous(String topic) {
        var random = UUID.randomUUID().getLeastSignificantBits();
        return extended(topic, ANONYMOUS + Long.toUnsignedString(random, Character.MAX_RADIX));
    }

    static boolean isAnonymous(String queue) {
        return queue.contains("-" + ANONYMOUS);
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
