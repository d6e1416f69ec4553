package io.millrace.streambinderaws.provisioning;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;

/**
 * A queue that messages are received from or sent to.
 *
 * @param name the queue's name
 * @param lookUp gives what the queue's attributes say
 * @param temporary the subscription that ends with its binding, and the queue with it
 */
public record QueueDestination(
        String name, Supplier<Attributes> lookUp, Optional<Subscription> temporary)
        implements ConsumerDestination, ProducerDestination {

    /**
     * What consumers want to know of a queue.
     *
     * @param redrive where its messages go when they were received too often
     * @param visibility how long a received message stays hidden, if that is known
     */
    public record Attributes(Optional<Redrive> redrive, Optional<Duration> visibility) {}

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
        return known(name, new Attributes(Optional.empty(), Optional.empty()), Optional.empty());
    }

    /** A queue of which nothing remains to be asked. */
    static QueueDestination known(
            String name, Attributes attributes, Optional<Subscription> temporary) {
        return new QueueDestination(name, () -> attributes, temporary);
    }

    /** Where its messages go when they were received too often; it may have to be asked for. */
    public Optional<Redrive> redrive() {
        return lookUp.get().redrive();
    }

    /** How long a received message stays hidden, if that is known; it may have to be asked for. */
    public Optional<Duration> visibility() {
        return lookUp.get().visibility();
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
