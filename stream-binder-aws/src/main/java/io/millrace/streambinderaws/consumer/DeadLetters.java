package io.millrace.streambinderaws.consumer;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Sends failed messages to a dead-letter queue as they came, with the reason as attributes. */
final class DeadLetters {

    /** SQS API reference, SendMessage: a message has at most ten attributes. */
    private static final int MAX_ATTRIBUTES = 10;

    private static final int MAX_REASON_LENGTH = 2_000;

    private final SqsAsyncClient sqs;
    private final String queueName;
    private final String origin;
    private volatile @Nullable String url;

    DeadLetters(SqsAsyncClient sqs, String queueName, String origin) {
        this.sqs = sqs;
        this.queueName = queueName;
        this.origin = origin;
    }

    CompletableFuture<Void> send(Message<?> message, Throwable failure) {
        var received = SqsMessages.source(message);
        var attributes = new HashMap<>(reason(message, failure));
        received.messageAttributes()
                .forEach((name, value) -> {
                    if (attributes.size() < MAX_ATTRIBUTES) {
                        attributes.putIfAbsent(name, value);
                    }
                });
        return url().thenCompose(to ->
                        sqs.sendMessage(request ->
                                request.queueUrl(to)
                                        .messageBody(received.body())
                                        .messageAttributes(attributes)))
                .thenApply(_ -> null);
    }

    private Map<String, MessageAttributeValue> reason(Message<?> message, Throwable failure) {
        var text = String.valueOf(failure.getMessage());
        return Map.of(
                FailureHeaders.ORIGINAL_QUEUE, string(origin),
                FailureHeaders.EXCEPTION_TYPE, string(failure.getClass().getName()),
                FailureHeaders.EXCEPTION_MESSAGE,
                        string(text.substring(0, Math.min(text.length(), MAX_REASON_LENGTH))),
                FailureHeaders.RECEIVE_COUNT,
                        string(String.valueOf(SqsMessages.receiveCount(message))));
    }

    private static MessageAttributeValue string(String value) {
        // SQS refuses empty values.
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value.isEmpty() ? " " : value)
                .build();
    }

    private CompletableFuture<String> url() {
        var known = url;
        return known == null
                ? sqs.getQueueUrl(request -> request.queueName(queueName))
                        .thenApply(found -> url = found.queueUrl())
                : CompletableFuture.completedFuture(known);
    }
}
