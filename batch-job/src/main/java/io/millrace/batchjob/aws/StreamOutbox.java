package io.millrace.batchjob.aws;

import io.millrace.batchjob.job.Outbox;
import io.millrace.events.BatchCompleted;
import io.millrace.events.Event;
import io.millrace.events.WorkItem;
import java.util.List;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Sends a page as one collection, which the binder cuts into requests that are in flight together.
 * What failed goes to the failures with the attributes that the binder gives a message it has given
 * up.
 */
public final class StreamOutbox implements Outbox {

    private static final String ITEMS = "items-out-0";
    private static final String FAILURES = "failures-out-0";
    private static final String COMPLETIONS = "completions-out-0";

    private final StreamBridge bridge;
    private final MessageConverter events;

    /**
     * @param events writes events as messages
     */
    public StreamOutbox(StreamBridge bridge, MessageConverter events) {
        this.bridge = bridge;
        this.events = events;
    }

    @Override
    public void items(List<Event<WorkItem>> items) {
        send(ITEMS, items.stream().map(this::message).toList());
    }

    @Override
    public void malformed(List<Failure> failures) {
        send(
                FAILURES,
                failures.stream()
                        .map(each ->
                                failed(
                                        message(each.event()),
                                        each.origin(),
                                        "MalformedLine",
                                        each.reason()))
                        .toList());
    }

    @Override
    public void completed(Event<BatchCompleted> event) {
        var message =
                MessageBuilder.fromMessage(message(event))
                        .setHeader("eventId", event.id())
                        .setHeader("kind", "batch")
                        .build();
        send(COMPLETIONS, List.of(message));
    }

    @Override
    public void unreadable(Unreadable object) {
        var body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("job", object.job())
                        .put("bucket", object.bucket())
                        .put("key", object.key());
        var origin = "s3://%s/%s".formatted(object.bucket(), object.key());
        var message = MessageBuilder.withPayload(body.toString()).build();
        send(FAILURES, List.of(failed(message, origin, "UnreadableObject", object.reason())));
    }

    @Override
    public void invalid(Invalid invalid) {
        var message = MessageBuilder.withPayload(invalid.body()).build();
        var reason = String.valueOf(invalid.reason().getMessage());
        var type = invalid.reason().getClass().getName();
        send(FAILURES, List.of(failed(message, invalid.queue(), type, reason)));
    }

    private Message<?> message(Event<?> event) {
        var message = events.toMessage(event, null);
        if (message == null) {
            throw new IllegalStateException("the converter of events does not take events");
        }
        return message;
    }

    private static Message<?> failed(
            Message<?> message, String origin, String type, String reason) {
        return MessageBuilder.fromMessage(message)
                .setHeader("x-original-queue", origin)
                .setHeader("x-exception-type", type)
                .setHeader("x-exception-message", reason)
                .build();
    }

    private void send(String binding, List<? extends Message<?>> messages) {
        if (!messages.isEmpty() && !bridge.send(binding, messages)) {
            throw new IllegalStateException("%s did not take the messages".formatted(binding));
        }
    }
}
