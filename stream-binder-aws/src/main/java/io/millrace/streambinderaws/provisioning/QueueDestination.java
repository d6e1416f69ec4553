package io.millrace.streambinderaws.provisioning;

import java.time.Duration;
import java.util.Optional;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;

/**
 * A queue that messages are received from or sent to.
 *
 * @param name the queue's name
 * @param redrive where its messages go when they were received too often
 * @param visibility how long a received message stays hidden, if that is known
 * @param temporary the subscription that ends with its binding, and the queue with it
 */
public record QueueDestination(
        String name,
        Optional<Redrive> redrive,
        Optional<Duration> visibility,
        Optional<Subscription> temporary)
        implements ConsumerDestination, ProducerDestination {

    /**
     * A queue's redrive policy.
     *
     * @param deadLetterQueue the name of the queue that takes what failed
     * @param maxReceiveCount after how many receives
     */
    public record Redrive(String deadLetterQueue, int maxReceiveCount) {}

    /**
     * A subscription that was made for one binding.
     *
     * @param arn the subscription's ARN
     */
    public record Subscription(String arn) {}

    /** A queue of which no more is known than its name. */
    static QueueDestination named(String name) {
        return new QueueDestination(name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getNameForPartition(int partition) {
        return QueueNames.ofPartition(name, partition);
    }
}
