package io.millrace.streambinderaws.producer;

import io.micrometer.observation.ObservationRegistry;
import io.millrace.streambinderaws.payload.PayloadStore;
import io.millrace.streambinderaws.producer.Batcher.Pending;
import io.millrace.streambinderaws.properties.AwsProducerProperties;
import io.millrace.streambinderaws.provisioning.TopicDestination;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.util.function.SingletonSupplier;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** Publishes to a topic. */
public final class TopicProducer extends BatchingProducer {

    /** SNS API reference, Publish. */
    private static final int MAX_BYTES = 256 * 1024;

    private final Supplier<SnsClient> sns;
    private final TopicDestination topic;

    public TopicProducer(
            Supplier<SnsClient> sns,
            TopicDestination topic,
            AwsProducerProperties properties,
            PayloadStore payloads,
            ObservationRegistry observations) {
        super(topic.name(), MAX_BYTES, properties, payloads, observations);
        this.sns = SingletonSupplier.of(sns);
        this.topic = topic;
    }

    @Override
    void send(List<Pending<OutgoingMessage>> batch) {
        var entries =
                IntStream.range(0, batch.size())
                        .mapToObj(index -> entry(index, batch.get(index).entry()))
                        .toList();
        var response =
                sns.get()
                        .publishBatch(request ->
                                request.topicArn(topic.arn()).publishBatchRequestEntries(entries));
        complete(
                batch,
                response.failed().stream()
                        .collect(
                                Collectors.toMap(
                                        failed -> failed.id(),
                                        failed -> failed.code() + ": " + failed.message())));
    }

    private static PublishBatchRequestEntry entry(int index, OutgoingMessage message) {
        return PublishBatchRequestEntry.builder()
                .id(String.valueOf(index))
                .message(message.body())
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
