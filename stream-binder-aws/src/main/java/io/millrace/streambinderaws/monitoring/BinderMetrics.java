package io.millrace.streambinderaws.monitoring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.millrace.streambinderaws.consumer.ConsumerState;
import io.millrace.streambinderaws.consumer.ConsumerState.Stopwatch;
import io.millrace.streambinderaws.provisioning.QueueDepth;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Counts what becomes of messages, by binding and outcome, shows how many are being handled and how
 * many queues hold, and measures how long they waited and how long handlers take. Times of sends
 * come from observations.
 */
public final class BinderMetrics implements Consumer<ConsumerState> {

    static final String MESSAGES = "spring.cloud.stream.aws.messages";
    static final String IN_FLIGHT = "spring.cloud.stream.aws.in.flight";
    static final String QUEUE_MESSAGES = "spring.cloud.stream.aws.queue.messages";

    static final String HANDLER = "spring.cloud.stream.aws.handler";
    static final String WAITED = "spring.cloud.stream.aws.waited";

    private static final Duration[] HANDLER_BUCKETS =
            buckets(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);
    private static final Duration[] WAITED_BUCKETS =
            buckets(
                    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000,
                    900_000, 3_600_000);

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
        consumer.timedBy(new Timers(tags(consumer)));
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

    private static Duration[] buckets(long... millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    /** Times the calls of one consumer's handler. */
    private final class Timers implements Stopwatch {

        private final Tags tags;
        private final Timer waited;
        private final Timer handled;

        Timers(Tags tags) {
            this.tags = tags;
            this.waited =
                    Timer.builder(WAITED)
                            .description("how long ago received messages were sent")
                            .tags(tags)
                            .serviceLevelObjectives(WAITED_BUCKETS)
                            .register(registry);
            this.handled = handler("none");
        }

        private Timer handler(String error) {
            return Timer.builder(HANDLER)
                    .description("calls of the handler")
                    .tags(tags)
                    .tag("error", error)
                    .serviceLevelObjectives(HANDLER_BUCKETS)
                    .register(registry);
        }

        @Override
        public void waited(Duration time) {
            waited.record(time);
        }

        @Override
        public void handled(Duration time, Optional<Throwable> failure) {
            failure.map(thrown -> handler(thrown.getClass().getSimpleName()))
                    .orElse(handled)
                    .record(time);
        }
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
