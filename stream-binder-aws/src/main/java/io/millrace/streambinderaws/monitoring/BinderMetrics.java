package io.millrace.streambinderaws.monitoring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.millrace.streambinderaws.consumer.ConsumerState;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Counts what becomes of messages, by binding and outcome, and shows how many are being handled.
 * Times come from the observations of the listener container and of the producers.
 */
public final class BinderMetrics implements Consumer<ConsumerState> {

    static final String MESSAGES = "spring.cloud.stream.aws.messages";
    static final String IN_FLIGHT = "spring.cloud.stream.aws.in.flight";

    private final MeterRegistry registry;

    public BinderMetrics(MeterRegistry registry) {
        this.registry = registry;
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
