package io.millrace.streambinderaws.consumer;

import io.millrace.streambinderaws.payload.PayloadReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Sends failed messages to a dead-letter queue as they came, with the reason as attributes. */
final class DeadLetters {

    /** SQS API reference, SendMessage: a message has at most ten attributes. */
    private static final int MAX_ATTRIBUTES = 10;

    private static final int MAX_REASON_LENGTH = 2_000;

    /** SQS API reference, SendMessage: all other characters are refused. */
    private static final Pattern REFUSED =
            Pattern.compile(
                    "[^\\x{9}\\x{A}\\x{D}\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

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
        var size = received.messageAttributes().get(PayloadReference.SIZE_ATTRIBUTE);
        if (size != null) {
            // It makes the body a reference, for Amazon's own client at least: it goes first.
            attributes.put(PayloadReference.SIZE_ATTRIBUTE, size);
        }
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
                                        .messageAttributes(attributes)
                                        .messageGroupId(
                                                received.attributes()
                                                        .get(
                                                                MessageSystemAttributeName
                                                                        .MESSAGE_GROUP_ID))
                                        .messageDeduplicationId(
                                                received.attributes()
                                                        .get(
                                                                MessageSystemAttributeName
                                                                        .MESSAGE_DEDUPLICATION_ID))))
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
        var text = REFUSED.matcher(value).replaceAll("\uFFFD");
        return MessageAttributeValue.builder()
                .dataType("String")
                // Nor is an empty value taken.
                .stringValue(text.isEmpty() ? " " : text)
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
