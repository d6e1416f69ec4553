package io.millrace.errorhandler;

import io.awspring.cloud.sqs.listener.SqsHeaders;
import io.millrace.errorhandler.failure.FailedMessage;
import io.millrace.streambinderaws.consumer.FailureHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.messaging.Message;

/** Reads what a message tells of its failure. */
final class FailedMessages {

    /** Set by SQS on what it moved itself (SQS API reference, ReceiveMessage). */
    private static final String DEAD_LETTER_SOURCE =
            SqsHeaders.MessageSystemAttributes.SQS_MSA_HEADER_PREFIX + "DeadLetterQueueSourceArn";

    private static final int DECIMAL = 10;

    private final UnaryOperator<String> whole;

    /**
     * @param whole the body that a message's body refers to, or it itself
     */
    FailedMessages(UnaryOperator<String> whole) {
        this.whole = whole;
    }

    FailedMessage of(Message<byte[]> message) {
        var received = received(message);
        return new FailedMessage(
                received.map(sqs -> sqs.messageId())
                        .or(() -> header(message, "id"))
                        .orElse("unknown"),
                // As SQS has it: whatever the content type made converters do, the record is of
                // the message that failed.
                whole.apply(
                        received.map(sqs -> sqs.body())
                                .orElseGet(() ->
                                        new String(message.getPayload(), StandardCharsets.UTF_8))),
                header(message, FailureHeaders.ORIGINAL_QUEUE)
                        .or(() -> header(message, DEAD_LETTER_SOURCE).map(FailedMessages::name)),
                header(message, FailureHeaders.EXCEPTION_TYPE),
                header(message, FailureHeaders.EXCEPTION_MESSAGE),
                header(message, FailureHeaders.RECEIVE_COUNT).flatMap(FailedMessages::count));
    }

    private static Optional<software.amazon.awssdk.services.sqs.model.Message> received(
            Message<byte[]> message) {
        return message.getHeaders().get(SqsHeaders.SQS_SOURCE_DATA_HEADER)
                        instanceof software.amazon.awssdk.services.sqs.model.Message sqs
                ? Optional.of(sqs)
                : Optional.empty();
    }

    /** Anybody may have sent the message: what is no number tells nothing. */
    private static Optional<Integer> count(String text) {
        try {
            return Optional.of(Integer.parseUnsignedInt(text, DECIMAL)).filter(each -> each >= 0);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(Message<byte[]> message, String name) {
        return Optional.ofNullable(message.getHeaders().get(name))
                .map(Object::toString)
                .filter(text -> !text.isBlank());
    }

    private static String name(String queueArn) {
        return queueArn.substring(queueArn.lastIndexOf(':') + 1);
    }
}
