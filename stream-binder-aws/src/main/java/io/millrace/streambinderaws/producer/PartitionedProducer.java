package io.millrace.streambinderaws.producer;

import java.util.List;
import org.springframework.cloud.stream.binder.BinderHeaders;
import org.springframework.context.Lifecycle;
import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.messaging.Message;

/** Sends each message to the queue of its partition. */
public final class PartitionedProducer extends AbstractMessageHandler implements Lifecycle {

    private final List<QueueProducer> partitions;

    /**
     * @param partitions a producer for each partition, in their order
     */
    public PartitionedProducer(List<QueueProducer> partitions) {
        this.partitions = List.copyOf(partitions);
    }

    @Override
    protected void handleMessageInternal(Message<?> message) {
        var partition = message.getHeaders().get(BinderHeaders.PARTITION_HEADER, Integer.class);
        if (partition == null) {
            throw new IllegalArgumentException(
                    "a message for a partitioned destination needs the header "
                            + BinderHeaders.PARTITION_HEADER);
        }
        partitions.get(partition).handleMessage(message);
    }

    @Override
    protected void onInit() {
        partitions.forEach(producer -> {
            producer.setBeanFactory(getBeanFactory());
            producer.afterPropertiesSet();
        });
    }

    @Override
    public void start() {
        partitions.forEach(QueueProducer::start);
    }

    @Override
    public void stop() {
        partitions.forEach(QueueProducer::stop);
    }

    @Override
    public boolean isRunning() {
        return partitions.stream().anyMatch(QueueProducer::isRunning);
    }
}
