package io.millrace.streambinderaws.provisioning;

import java.util.Optional;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;

/**
 * A queue that messages are received from or sent to.
 *
 * @param name the queue's name
 * @param redrive where its messages go when they were received too often
 * @param temporary whether it ends with its binding
 */
public record QueueDestination(
        String name, Optional<Redrive> redrive, Optional<Subscription> temporary)
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

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getNameForPartition(int partition) {
        return name;
    }
}
