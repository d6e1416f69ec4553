package io.millrace.streambinderaws.consumer;

import io.awspring.cloud.sqs.listener.MessageListener;
import io.awspring.cloud.sqs.listener.QueueAttributes;
import io.awspring.cloud.sqs.support.converter.SqsMessageConversionContext;
import io.awspring.cloud.sqs.support.converter.SqsMessagingMessageConverter;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Messages that another has received, such as AWS Lambda's event source mapping, on the same way as
 * polled ones: the same conversion, the same listener, the same rules for failures.
 */
final class PushedMessages {

    private static final Logger log = LoggerFactory.getLogger(PushedMessages.class);
    private static final String FIFO = ".fifo";
    private static final String RECEIVE = "spring.cloud.stream.aws.receive";

    private final SqsAsyncClient sqs;
    private final String queue;
    private final SqsMessagingMessageConverter converter;
    private final int atOnce;
    private final int concurrency;
    private final MessageListener<byte[]> listener;
    private final FailureHandler failures;
    private final ObservationRegistry observations;
    private final Executor threads = Thread::startVirtualThread;
    private volatile @Nullable SqsMessageConversionContext context;

    /**
     * @param atOnce how many messages the listener takes together
     * @param concurrency how many handlers may run side by side
     */
    PushedMessages(
            SqsAsyncClient sqs,
            String queue,
            SqsMessagingMessageConverter converter,
            int atOnce,
            int concurrency,
            MessageListener<byte[]> listener,
            FailureHandler failures,
            ObservationRegistry observations) {
        this.sqs = sqs;
        this.queue = queue;
        this.converter = converter;
        this.atOnce = atOnce;
        this.concurrency = queue.endsWith(FIFO) ? 1 : concurrency;
        this.listener = listener;
        this.failures = failures;
        this.observations = observations;
    }

    List<String> deliver(List<software.amazon.awssdk.services.sqs.model.Message> received) {
        var messages = received.stream().map(this::converted).toList();
        if (queue.endsWith(FIFO)) {
            return inOrder(messages);
        }
        var room = new Semaphore(concurrency);
        var running = new ArrayList<CompletableFuture<List<String>>>();
        for (var start = 0; start < messages.size(); start += Math.min(atOnce, messages.size())) {
            var some =
                    messages.subList(
                            start,
                            Math.min(messages.size(), start + Math.min(atOnce, messages.size())));
            room.acquireUninterruptibly();
            running.add(
                    CompletableFuture.supplyAsync(() -> handle(some), threads)
                            .whenComplete((_, _) -> room.release()));
        }
        return running.stream().map(CompletableFuture::join).flatMap(List::stream).toList();
    }

    /** What follows a message that comes back comes back with it, so that the order holds. */
    private List<String> inOrder(List<Message<byte[]>> messages) {
        for (var index = 0; index < messages.size(); index++) {
            if (!handle(List.of(messages.get(index))).isEmpty()) {
                return ids(messages.subList(index, messages.size()));
            }
        }
        return List.of();
    }

    private List<String> handle(List<Message<byte[]>> messages) {
        try {
            if (atOnce == 1) {
                receive(messages.getFirst());
            } else {
                listener.onMessage(messages);
            }
            return List.of();
        } catch (RuntimeException e) {
            return comingBack(messages, e);
        }
    }

    /** What the container observes of a message that it has polled. */
    private void receive(Message<byte[]> message) {
        var context = new ReceiverContext<Message<?>>(PushedMessages::header);
        context.setCarrier(message);
        Observation.createNotStarted(RECEIVE, () -> context, observations)
                .contextualName(queue + " receive")
                .lowCardinalityKeyValue("messaging.destination.name", queue)
                .observe(() -> listener.onMessage(message));
    }

    private static @Nullable String header(Message<?> message, String name) {
        return message.getHeaders().get(name) instanceof String value ? value : null;
    }

    private List<String> comingBack(List<Message<byte[]>> messages, RuntimeException thrown) {
        try {
            return ids(failures.comingBack(messages, thrown).join());
        } catch (RuntimeException e) {
            e.addSuppressed(thrown);
            log.warn("messages of {} failed and come back as they are", queue, e);
            return ids(messages);
        }
    }

    private static List<String> ids(List<Message<byte[]>> messages) {
        return messages.stream().map(SqsMessages::source).map(each -> each.messageId()).toList();
    }

    @SuppressWarnings("unchecked") // the converter makes bytes of every payload
    private Message<byte[]> converted(software.amazon.awssdk.services.sqs.model.Message message) {
        return (Message<byte[]>) converter.toMessagingMessage(message, context());
    }

    private SqsMessageConversionContext context() {
        var known = context;
        if (known != null) {
            return known;
        }
        var url = sqs.getQueueUrl(request -> request.queueName(queue)).join().queueUrl();
        var made = new SqsMessageConversionContext();
        made.setSqsAsyncClient(sqs);
        made.setQueueAttributes(new QueueAttributes(queue, url, Map.of()));
        context = made;
        return made;
    }
}
