package io.millrace.streambinderaws.consumer;

import io.awspring.cloud.sqs.listener.SqsHeaders;
import java.time.Instant;
import java.util.Optional;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** What Spring Cloud AWS's headers say of a received message. */
final class SqsMessages {

    private SqsMessages() {}

    /** The message as SQS delivered it. */
    static software.amazon.awssdk.services.sqs.model.Message source(Message<?> message) {
        if (message.getHeaders().get(SqsHeaders.SQS_SOURCE_DATA_HEADER)
                instanceof software.amazon.awssdk.services.sqs.model.Message source) {
            return source;
        }
        throw new IllegalStateException("no header " + SqsHeaders.SQS_SOURCE_DATA_HEADER);
    }

    /** What SQS wants to hear about this receipt of the message. */
    static InFlight.Receipt receipt(Message<?> message) {
        return new InFlight.Receipt(
                String.valueOf(message.getHeaders().get(SqsHeaders.SQS_QUEUE_URL_HEADER)),
                source(message).receiptHandle());
    }

    /** When it was sent, if SQS has said so. */
    static Optional<Instant> sentAt(Message<?> message) {
        return Optional.ofNullable(
                        source(message).attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP))
                .map(Long::parseLong)
                .map(Instant::ofEpochMilli);
    }

    /** How often SQS has delivered it, this time included. */
    static int receiveCount(Message<?> message) {
        var count =
                message.getHeaders()
                        .get(SqsHeaders.MessageSystemAttributes.SQS_APPROXIMATE_RECEIVE_COUNT);
        return count == null ? 1 : Integer.parseInt(count.toString());
    }
}
