package io.millrace.streambinderaws.monitoring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.streambinderaws.consumer.ConsumerState;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Counts what becomes of messages, by queue and outcome, and shows how many are being handled.
 * Times come from the observations of the listener container and of the producers.
 */
public final class BinderMetrics implements Consumer<ConsumerState> {

    static final String MESSAGES = "spring.cloud.stream.aws.messages";
    static final String IN_FLIGHT = "spring.cloud.stream.aws.in.flight";

    private static final String QUEUE = "queue";

    private final MeterRegistry registry;

    public BinderMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(ConsumerState consumer) {
        Gauge.builder(IN_FLIGHT, consumer, ConsumerState::inFlight)
                .description("messages whose handlers run")
                .tag(QUEUE, consumer.queue())
                .register(registry);
        count(consumer, "handled", ConsumerState::handled);
        count(consumer, "failed", ConsumerState::failed);
        count(consumer, "dead-lettered", ConsumerState::deadLettered);
    }

    private void count(
            ConsumerState consumer, String outcome, ToDoubleFunction<ConsumerState> value) {
        FunctionCounter.builder(MESSAGES, consumer, value)
                .description("messages received, by what became of them")
                .tag(QUEUE, consumer.queue())
                .tag("outcome", outcome)
                .register(registry);
    }
}
