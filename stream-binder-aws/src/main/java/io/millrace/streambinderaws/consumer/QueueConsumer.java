package io.millrace.streambinderaws.consumer;

import io.awspring.cloud.sqs.MessageExecutionThreadFactory;
import io.awspring.cloud.sqs.listener.ListenerMode;
import io.awspring.cloud.sqs.listener.MessageListener;
import io.awspring.cloud.sqs.listener.SqsContainerOptionsBuilder;
import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import io.awspring.cloud.sqs.listener.acknowledgement.handler.AcknowledgementMode;
import io.awspring.cloud.sqs.support.converter.SqsMessagingMessageConverter;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.millrace.streambinderaws.payload.PayloadStore;
import io.millrace.streambinderaws.properties.AwsConsumerProperties;
import io.millrace.streambinderaws.provisioning.QueueDestination;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.integration.endpoint.MessageProducerSupport;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.util.function.SingletonSupplier;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import tools.jackson.databind.json.JsonMapper;

/**
 * Feeds a binding's channel from a queue, through Spring Cloud AWS's listener container. A message
 * is deleted after its handler has returned.
 */
public final class QueueConsumer extends MessageProducerSupport {

    /** The header of a batch that has the headers of its messages, as a list in their order. */
    public static final String BATCH_HEADERS = "aws_batchHeaders";

    /** SQS API reference, ReceiveMessage: at most ten messages a request. */
    private static final int MAX_PER_POLL = 10;

    /** SQS API reference, SetQueueAttributes: no message stays hidden for longer. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private static final String BATCH = "spring.cloud.stream.aws.batch";

    private static final String FIFO = ".fifo";

    /** How much later than its wait time the answer to a poll may come. */
    private static final Duration LATENCY = Duration.ofSeconds(5);

    /** For how long a handled message waits for others to be deleted with it. */
    private static final Duration DELETE_LINGER = Duration.ofSeconds(1);

    /** For how long a thread without a message is kept. */
    private static final int KEPT_SECONDS = 10;

    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);

    private final ContainerClient client;
    private final Deletes deletes;
    private final Duration shutdownTimeout;

    /** Made at the first start: where messages are pushed, such as on AWS Lambda, there is none. */
    private final Supplier<SqsMessageListenerContainer<byte[]>> container;

    private final InFlight inFlight;
    private final Heartbeat heartbeat;
    private final ConsumerState state;
    private final ObservationRegistry observations;
    private final @Nullable RetryTemplate retries;
    private final PushedMessages pushed;
    private final References references;

    /**
     * @param group the consumer group; null for an anonymous one
     * @param orphans takes over the polls that are under way when the consumer stops
     * @param retries how often a handler is tried while it holds its message; null for once
     */
    public QueueConsumer(
            SqsAsyncClient sqs,
            QueueDestination queue,
            @Nullable String group,
            ExtendedConsumerProperties<AwsConsumerProperties> properties,
            PayloadStore payloads,
            ObservationRegistry observations,
            OrphanedPolls orphans,
            @Nullable RetryTemplate retries) {
        this.retries = retries;
        this.references =
                new References(payloads, properties.getExtension().getLargePayloadBucket());
        this.observations = observations;
        Supplier<Duration> visibility = () -> queue.visibility().orElse(LONGEST);
        this.inFlight =
                new InFlight(
                        visibility,
                        properties.getExtension().getMaxVisibilityExtension(),
                        InstantSource.system(),
                        new SqsVisibility(sqs));
        this.heartbeat =
                new Heartbeat(
                        "visibility-" + queue.name(),
                        () -> visibility.get().dividedBy(4).plus(SHORTEST_PERIOD),
                        inFlight::extend);
        this.state =
                new ConsumerState(
                        binding(properties, queue),
                        group == null ? "" : group,
                        queue.name(),
                        this::isRunning,
                        inFlight::size);
        this.deletes = new Deletes(sqs, DELETE_LINGER);
        this.shutdownTimeout = properties.getExtension().getShutdownTimeout();
        this.client =
                new ContainerClient(
                        sqs,
                        properties.getExtension().getWaitTime().plus(LATENCY),
                        state::polled,
                        orphans);
        var failures = new FailureHandler(sqs, queue, properties, state);
        this.pushed =
                new PushedMessages(
                        sqs,
                        queue.name(),
                        bytes(),
                        properties.isBatchMode() ? Integer.MAX_VALUE : 1,
                        Math.max(1, properties.getConcurrency()),
                        new ToChannel(),
                        failures,
                        observations);
        this.container = SingletonSupplier.of(() -> container(queue, properties, failures));
    }

    private SqsMessageListenerContainer<byte[]> container(
            QueueDestination queue,
            ExtendedConsumerProperties<AwsConsumerProperties> properties,
            FailureHandler failures) {
        var builder =
                SqsMessageListenerContainer.<byte[]>builder()
                        .id("%s-%s".formatted(queue.name(), Integer.toHexString(hashCode())))
                        .sqsAsyncClient(client.client())
                        .queueNames(queue.name())
                        .configure(options ->
                                configure(options, state.binding(), properties, observations))
                        .messageListener(new ToChannel())
                        .errorHandler(failures);
        if (!queue.name().endsWith(FIFO)) {
            builder.componentFactories(List.of(new DeletesTogether(deletes)));
        }
        return builder.build();
    }

    private static void configure(
            SqsContainerOptionsBuilder options,
            String binding,
            ExtendedConsumerProperties<AwsConsumerProperties> properties,
            ObservationRegistry observations) {
        var own = properties.getExtension();
        var concurrency = Math.max(1, properties.getConcurrency());
        var mostMessages = properties.isBatchMode() ? concurrency * MAX_PER_POLL : concurrency;
        options.maxConcurrentMessages(mostMessages)
                .maxMessagesPerPoll(
                        properties.isBatchMode()
                                ? MAX_PER_POLL
                                : Math.min(MAX_PER_POLL, concurrency))
                .pollTimeout(own.getWaitTime())
                .listenerMode(
                        properties.isBatchMode() ? ListenerMode.BATCH : ListenerMode.SINGLE_MESSAGE)
                .acknowledgementMode(AcknowledgementMode.ON_SUCCESS)
                .listenerShutdownTimeout(own.getShutdownTimeout())
                .acknowledgementInterval(Duration.ZERO)
                .acknowledgementThreshold(0)
                .acknowledgementShutdownTimeout(own.getShutdownTimeout())
                .messageSystemAttributeNames(List.of(MessageSystemAttributeName.ALL))
                .messageConverter(bytes())
                .componentsTaskExecutor(threads(binding, mostMessages))
                .observationRegistry(observations);
        var visibility = own.getVisibilityTimeout();
        if (visibility != null) {
            options.messageVisibility(visibility);
        }
    }

    private static String binding(
            ExtendedConsumerProperties<AwsConsumerProperties> properties, QueueDestination queue) {
        var name = properties.getBindingName();
        return name == null || name.isEmpty() ? queue.name() : name;
    }

    /** Without a mapper of its own, the default converter looks for Jackson's modules each time. */
    private static SqsMessagingMessageConverter bytes() {
        var converter = new SqsMessagingMessageConverter(JsonMapper.shared());
        converter.setPayloadMessageConverter(new Utf8Bytes());
        converter.setPayloadTypeMapper(_ -> byte[].class);
        converter.doNotSendPayloadTypeHeader();
        return converter;
    }

    /**
     * Threads that outlive the container's stop: its own pool would interrupt the handlers that it
     * no longer waits for. They are none of the virtual ones, whose scheduler costs more than a
     * short handler does.
     */
    private static ThreadPoolTaskExecutor threads(String binding, int most) {
        var factory = new MessageExecutionThreadFactory(binding + "-");
        factory.setDaemon(true);
        var executor = new ThreadPoolTaskExecutor();
        executor.setThreadFactory(factory);
        executor.setCorePoolSize(most);
        executor.setAllowCoreThreadTimeOut(true);
        executor.setKeepAliveSeconds(KEPT_SECONDS);
        executor.initialize();
        return executor;
    }

    /** What it is doing and has done. */
    public ConsumerState state() {
        return state;
    }

    /**
     * Handles messages that another has received and will delete; this consumer need not run.
     *
     * @return the ids of those that are to come back
     */
    public List<String> deliver(List<software.amazon.awssdk.services.sqs.model.Message> received) {
        return pushed.deliver(received);
    }

    @Override
    protected void doStart() {
        client.resume();
        deletes.resume();
        heartbeat.start();
        container.get().start();
    }

    /**
     * Waits for the handlers that run; what they have after the time-out goes back to the queue.
     */
    @Override
    protected void doStop() {
        client.end();
        container.get().stop();
        awaitDeletes();
        heartbeat.stop();
        inFlight.giveBack();
    }

    private void awaitDeletes() {
        try {
            deletes.hurry().get(shutdownTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            logger.warn(e, () -> "handled messages of %s may come again".formatted(state.queue()));
        }
    }

    private void handle(Collection<Message<byte[]>> received, Runnable handler) {
        var receipts = received.stream().map(SqsMessages::receipt).toList();
        inFlight.begin(receipts);
        var now = Instant.now();
        received.forEach(each ->
                SqsMessages.sentAt(each).ifPresent(sent -> state.waited(between(sent, now))));
        try {
            timed(handler);
            state.handled(receipts.size());
        } finally {
            inFlight.end(receipts);
        }
    }

    private void timed(Runnable handler) {
        var begun = System.nanoTime();
        Optional<Throwable> failure = Optional.empty();
        try {
            handler.run();
        } catch (RuntimeException e) {
            failure = Optional.of(Retryable.handlers(e));
            throw e;
        } finally {
            state.handled(Duration.ofNanos(System.nanoTime() - begun), failure);
        }
    }

    /** Clocks differ: nothing is received before it is sent. */
    private static Duration between(Instant sent, Instant received) {
        return received.isBefore(sent) ? Duration.ZERO : Duration.between(sent, received);
    }

    private void deliverTogether(List<Message<byte[]>> messages) {
        deliver(
                MessageBuilder.withPayload(messages.stream().map(Message::getPayload).toList())
                        .setHeader(
                                BATCH_HEADERS, messages.stream().map(Message::getHeaders).toList())
                        .build());
    }

    private void deliver(Message<?> message) {
        if (retries == null) {
            sendMessage(message);
            return;
        }
        try {
            retries.execute(() -> {
                sendMessage(message);
                return true;
            });
        } catch (RetryException e) {
            throw new MessageHandlingException(message, "the handler failed", e.getCause());
        }
    }

    private final class ToChannel implements MessageListener<byte[]> {

        @Override
        public void onMessage(Message<byte[]> message) {
            handle(
                    List.of(message),
                    () -> deliver(ContentTypes.checked(references.resolved(message))));
        }

        @Override
        public void onMessage(Collection<Message<byte[]>> messages) {
            var headers = messages.stream().map(Message::getHeaders).toList();
            Observation.createNotStarted(BATCH, () -> new BatchContext(headers), observations)
                    .contextualName(state.queue() + " process")
                    .lowCardinalityKeyValue("messaging.destination.name", state.queue())
                    .observe(() ->
                            handle(
                                    messages,
                                    () ->
                                            references.resolve(
                                                    List.copyOf(messages),
                                                    QueueConsumer.this::deliverTogether)));
        }
    }
}
