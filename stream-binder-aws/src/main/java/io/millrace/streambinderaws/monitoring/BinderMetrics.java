package io.millrace.streambinderaws.monitoring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.millrace.streambinderaws.consumer.ConsumerState;
import io.millrace.streambinderaws.provisioning.QueueDepth;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Counts what becomes of messages, by binding and outcome, and shows how many are being handled and
 * how many queues hold. Times come from the observations of the listener container and of the
 * producers.
 */
public final class BinderMetrics implements Consumer<ConsumerState> {

    static final String MESSAGES = "spring.cloud.stream.aws.messages";
    static final String IN_FLIGHT = "spring.cloud.stream.aws.in.flight";
    static final String QUEUE_MESSAGES = "spring.cloud.stream.aws.queue.messages";

    private final MeterRegistry registry;
    private final QueueDepths depths;
    private final List<String> measuredQueues;

    /**
     * @param measuredQueues queues that are measured although none of the consumers has them
     */
    public BinderMetrics(MeterRegistry registry, QueueDepths depths, List<String> measuredQueues) {
        this.registry = registry;
        this.depths = depths;
        this.measuredQueues = measuredQueues;
    }

    @Override
    public void accept(ConsumerState consumer) {
        Gauge.builder(IN_FLIGHT, consumer, ConsumerState::inFlight)
                .description("messages whose handlers run")
                .tags(tags(consumer))
                .register(registry);
        count(consumer, "handled", ConsumerState::handled);
        count(consumer, "failed", ConsumerState::failed);
        count(consumer, "dead-lettered", ConsumerState::deadLettered);
        measure(consumer.queue());
        measuredQueues.forEach(this::measure);
    }

    private void measure(String queue) {
        depths.watch(queue);
        depth(queue, "waiting", QueueDepth::waiting);
        depth(queue, "in-flight", QueueDepth::inFlight);
        depth(queue, "delayed", QueueDepth::delayed);
    }

    private void depth(String queue, String state, ToDoubleFunction<QueueDepth> value) {
        Gauge.builder(
                        QUEUE_MESSAGES,
                        depths,
                        known ->
                                known.of(queue)
                                        .map(depth -> value.applyAsDouble(depth))
                                        .orElse(Double.NaN))
                .description("about how many messages the queue holds")
                .tags("queue", queue, "state", state)
                .register(registry);
    }

    private void count(
            ConsumerState consumer, String outcome, ToDoubleFunction<ConsumerState> value) {
        FunctionCounter.builder(MESSAGES, consumer, value)
                .description("messages received, by what became of them")
                .tags(tags(consumer))
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Tags tags(ConsumerState consumer) {
        return Tags.of(
                "binding", consumer.binding(),
                "group", consumer.group(),
                "queue", consumer.queue());
    }
}
