package io.millrace.streambinderaws.producer;

import io.awspring.cloud.sqs.listener.SqsHeaders.MessageSystemAttributes;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.millrace.streambinderaws.payload.PayloadStore;
import io.millrace.streambinderaws.producer.Batcher.Pending;
import io.millrace.streambinderaws.properties.AwsProducerProperties;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.Lifecycle;
import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageDeliveryException;

/**
 * Sends messages and returns when AWS has accepted them. Messages that come at the same time, or as
 * one collection, share requests.
 */
abstract sealed class BatchingProducer extends AbstractMessageHandler implements Lifecycle
        permits QueueProducer, TopicProducer {

    private static final int MAX_REQUESTS_IN_FLIGHT = 32;

    private final String destination;
    private final int maxBytes;
    private final AwsProducerProperties properties;
    private final LargePayloads large;
    private final ObservationRegistry observations;
    private volatile @Nullable Batcher<OutgoingMessage> batcher;

    /**
     * @param maxBytes how large a message may be
     */
    BatchingProducer(
            String destination,
            int maxBytes,
            AwsProducerProperties properties,
            PayloadStore payloads,
            ObservationRegistry observations) {
        this.destination = destination;
        this.maxBytes = maxBytes;
        this.properties = properties;
        this.large = new LargePayloads(payloads, properties);
        this.observations = observations;
    }

    /** Sends one request and completes or fails each of its entries. */
    abstract void send(List<Pending<OutgoingMessage>> batch);

    @Override
    public void start() {
        if (batcher == null) {
            batcher =
                    new Batcher<>(
                            "to-" + destination,
                            isFifo() ? 1 : MAX_REQUESTS_IN_FLIGHT,
                            properties.getLinger(),
                            OutgoingMessage::bytes,
                            this::send);
        }
    }

    @Override
    public void stop() {
        var running = batcher;
        batcher = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return batcher != null;
    }

    @Override
    protected void handleMessageInternal(Message<?> message) {
        var context =
                new SenderContext<Map<String, String>>(
                        (carrier, key, value) -> {
                            if (carrier != null) {
                                carrier.put(key, value);
                            }
                        },
                        Kind.PRODUCER);
        Map<String, String> trace = new HashMap<>();
        context.setCarrier(trace);
        context.setRemoteServiceName(destination);
        Observation.createNotStarted("spring.cloud.stream.aws.send", () -> context, observations)
                .contextualName(destination + " send")
                .lowCardinalityKeyValue("messaging.destination.name", destination)
                .observe(() -> sendAll(message, trace));
    }

    private void sendAll(Message<?> message, Map<String, String> trace) {
        var accepted = new ArrayList<CompletableFuture<Void>>();
        try {
            for (var outgoing : outgoing(message, trace)) {
                accepted.add(running().submit(outgoing));
            }
            CompletableFuture.allOf(accepted.toArray(CompletableFuture[]::new))
                    .get(properties.getSendTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessageDeliveryException(
                    message, "interrupted while sending to " + destination, e);
        } catch (ExecutionException e) {
            throw new MessageDeliveryException(message, "not sent to " + destination, e.getCause());
        } catch (TimeoutException e) {
            throw new MessageDeliveryException(
                    message,
                    "not accepted by %s within %s"
                            .formatted(destination, properties.getSendTimeout()),
                    e);
        }
    }

    private List<OutgoingMessage> outgoing(Message<?> message, Map<String, String> trace) {
        return message.getPayload() instanceof Collection<?> many
                ? many.stream().map(each -> one(each, Map.of(), trace)).toList()
                : List.of(one(message.getPayload(), message.getHeaders(), trace));
    }

    private OutgoingMessage one(
            Object payload, Map<String, Object> headers, Map<String, String> trace) {
        try {
            return checked(payload, headers, trace);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a message for %s cannot be sent: %s".formatted(destination, e.getMessage()),
                    e);
        }
    }

    private OutgoingMessage checked(
            Object payload, Map<String, Object> headers, Map<String, String> trace) {
        var names = properties.getHeaders();
        var whole =
                payload instanceof Message<?> message
                        ? OutgoingMessage.of(
                                message.getPayload(), message.getHeaders(), trace, names)
                        : OutgoingMessage.of(payload, headers, trace, names);
        if (isFifo() && whole.group().isEmpty()) {
            throw new IllegalArgumentException(
                    "it needs the header %s, which says what is kept in order"
                            .formatted(MessageSystemAttributes.SQS_MESSAGE_GROUP_ID_HEADER));
        }
        var outgoing = large.fitting(whole);
        var bytes = outgoing.bytes();
        if (bytes > maxBytes) {
            throw new IllegalArgumentException(
                    ("it has %d bytes with its attributes, %d are possible; set the producer property"
                                    + " 'large-payload-bucket', and the payload goes through S3")
                            .formatted(bytes, maxBytes));
        }
        return outgoing;
    }

    private boolean isFifo() {
        return destination.endsWith(".fifo");
    }

    private Batcher<OutgoingMessage> running() {
        var running = batcher;
        if (running == null) {
            throw new IllegalStateException("the binding to %s is stopped".formatted(destination));
        }
        return running;
    }

    /** Tells each sender whether its entry, which has its index as id, was accepted. */
    static void complete(List<Pending<OutgoingMessage>> batch, Map<String, String> failed) {
        for (var index = 0; index < batch.size(); index++) {
            var reason = failed.get(String.valueOf(index));
            var accepted = batch.get(index).accepted();
            if (reason == null) {
                accepted.complete(null);
            } else {
                accepted.completeExceptionally(new IllegalStateException(reason));
            }
        }
    }

    /** The data type of an attribute (SQS Developer Guide, "Message attribute data types"). */
    static String dataType(Object value) {
        return value instanceof Number ? "Number" : "String";
    }
}
