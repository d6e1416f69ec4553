package io.millrace.streambinderaws.producer;

import io.micrometer.observation.ObservationRegistry;
import io.millrace.streambinderaws.payload.PayloadStore;
import io.millrace.streambinderaws.producer.Batcher.Pending;
import io.millrace.streambinderaws.properties.AwsProducerProperties;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.util.function.SingletonSupplier;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Sends to a queue. */
public final class QueueProducer extends BatchingProducer {

    /** SQS Developer Guide, "Amazon SQS message quotas", since August 2025. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final SqsAsyncClient sqs;
    private final Supplier<String> url;

    public QueueProducer(
            SqsAsyncClient sqs,
            String queue,
            Supplier<String> url,
            AwsProducerProperties properties,
            PayloadStore payloads,
            ObservationRegistry observations) {
        super(queue, MAX_BYTES, properties, payloads, observations);
        this.sqs = sqs;
        this.url = SingletonSupplier.of(url);
    }

    @Override
    void send(List<Pending<OutgoingMessage>> batch) {
        var entries =
                IntStream.range(0, batch.size())
                        .mapToObj(index -> entry(index, batch.get(index).entry()))
                        .toList();
        var response =
                sqs.sendMessageBatch(request -> request.queueUrl(url.get()).entries(entries))
                        .join();
        complete(
                batch,
                response.failed().stream()
                        .collect(
                                Collectors.toMap(
                                        failed -> failed.id(),
                                        failed -> failed.code() + ": " + failed.message())));
    }

    private static SendMessageBatchRequestEntry entry(int index, OutgoingMessage message) {
        return SendMessageBatchRequestEntry.builder()
                .id(String.valueOf(index))
                .messageBody(message.body())
                .messageGroupId(message.group().orElse(null))
                .messageDeduplicationId(message.deduplication().orElse(null))
                .messageAttributes(
                        message.attributes().entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                attribute -> attribute(attribute.getValue()))))
                .build();
    }

    private static MessageAttributeValue attribute(Object value) {
        return MessageAttributeValue.builder()
                .dataType(dataType(value))
                .stringValue(value.toString())
                .build();
    }
}
