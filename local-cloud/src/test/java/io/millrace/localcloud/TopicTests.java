package io.millrace.localcloud;

import static io.millrace.localcloud.SharedCloud.clients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sns.model.TooManyEntriesInBatchRequestException;
import software.amazon.awssdk.services.sns.model.Topic;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.json.JsonMapper;

class TopicTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final SnsClient sns = clients().sns();
    private final String topic =
            sns.createTopic(request -> request.name("topic-" + UUID.randomUUID())).topicArn();
    private final TestQueue queue = TestQueue.create();

    @Test
    void theTemplatesTopicIsThere() {
        assertThat(sns.listTopics().topics())
                .extracting(Topic::topicArn)
                .contains("arn:aws:sns:us-east-1:000000000000:millrace-notifications");
    }

    @Test
    void creatingATopicAgainFindsIt() {
        var name = topic.substring(topic.lastIndexOf(':') + 1);
        assertThat(sns.createTopic(request -> request.name(name)).topicArn()).isEqualTo(topic);
    }

    @Test
    void rawDeliveryCarriesAttributesOver() {
        subscribe(Map.of("RawMessageDelivery", "true"));
        sns.publish(request ->
                request.topicArn(topic)
                        .message("{\"a\": \"ü\"}")
                        .messageAttributes(
                                Map.of(
                                        "id",
                                        string("42"),
                                        "count",
                                        number("3"),
                                        "bytes",
                                        MessageAttributeValue.builder()
                                                .dataType("Binary")
                                                .binaryValue(SdkBytes.fromUtf8String("b"))
                                                .build())));
        var message = queue.receiveOne();
        assertThat(message.body()).isEqualTo("{\"a\": \"ü\"}");
        assertThat(message.messageAttributes().get("id").stringValue()).isEqualTo("42");
        assertThat(message.messageAttributes().get("count").dataType()).isEqualTo("Number");
        assertThat(message.messageAttributes().get("bytes").binaryValue().asUtf8String())
                .isEqualTo("b");
    }

    @Test
    void otherwiseTheMessageComesInAwssEnvelope() {
        var subscription = subscribe(Map.of());
        var id =
                sns.publish(request ->
                                request.topicArn(topic)
                                        .subject("news")
                                        .message("text")
                                        .messageAttributes(Map.of("kind", string("a"))))
                        .messageId();
        var envelope = JSON.readTree(queue.receiveOne().body());
        assertThat(envelope.propertyNames())
                .containsExactly(
                        "Type",
                        "MessageId",
                        "TopicArn",
                        "Subject",
                        "Message",
                        "Timestamp",
                        "SignatureVersion",
                        "Signature",
                        "SigningCertURL",
                        "UnsubscribeURL",
                        "MessageAttributes");
        assertThat(envelope.path("Type").asString()).isEqualTo("Notification");
        assertThat(envelope.path("MessageId").asString()).isEqualTo(id);
        assertThat(envelope.path("Message").asString()).isEqualTo("text");
        assertThat(envelope.path("Timestamp").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(envelope.path("UnsubscribeURL").asString()).endsWith(subscription);
        assertThat(envelope.at("/MessageAttributes/kind").toString())
                .isEqualTo("{\"Type\":\"String\",\"Value\":\"a\"}");
    }

    @Test
    void aFilterPolicyKeepsOtherMessagesAway() {
        subscribe(Map.of("RawMessageDelivery", "true", "FilterPolicy", "{\"kind\":[\"image\"]}"));
        publish("no", "webhook");
        publish("yes", "image");
        assertThat(queue.receiveOne().body()).isEqualTo("yes");
        assertThat(queue.receive(0)).isEmpty();
    }

    @Test
    void aBatchReachesEverySubscription() {
        subscribe(Map.of("RawMessageDelivery", "true"));
        var entries =
                IntStream.range(0, 10)
                        .mapToObj(i ->
                                PublishBatchRequestEntry.builder()
                                        .id("e" + i)
                                        .message(i == 7 ? "" : "m" + i)
                                        .build())
                        .toList();
        var result =
                sns.publishBatch(
                        request -> request.topicArn(topic).publishBatchRequestEntries(entries));
        assertThat(result.successful()).hasSize(9);
        assertThat(result.failed()).hasSize(1);
        assertThat(result.failed().getFirst().id()).isEqualTo("e7");
        assertThat(queue.receive(5)).hasSize(9);
        assertThatThrownBy(() ->
                        sns.publishBatch(request ->
                                request.topicArn(topic)
                                        .publishBatchRequestEntries(
                                                entry("a"),
                                                entry("b"),
                                                entry("c"),
                                                entry("d"),
                                                entry("e"),
                                                entry("f"),
                                                entry("g"),
                                                entry("h"),
                                                entry("i"),
                                                entry("j"),
                                                entry("k"))))
                .isInstanceOf(TooManyEntriesInBatchRequestException.class);
    }

    @Test
    void tooLongMessagesAreRefused() {
        assertThatThrownBy(() ->
                        sns.publish(request ->
                                request.topicArn(topic).message("x".repeat(256 * 1024 + 1))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void otherProtocolsAreRefused() {
        assertThatThrownBy(() ->
                        sns.subscribe(request ->
                                request.topicArn(topic)
                                        .protocol("email")
                                        .endpoint("a@example.com")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("email");
    }

    @Test
    void whatAQueueNoLongerTakesGoesToTheSubscriptionsDeadLetters() {
        var gone = TestQueue.create();
        sns.subscribe(request ->
                request.topicArn(topic)
                        .protocol("sqs")
                        .endpoint(gone.arn())
                        .attributes(
                                Map.of(
                                        "RawMessageDelivery",
                                        "true",
                                        "RedrivePolicy",
                                        "{\"deadLetterTargetArn\":\"%s\"}"
                                                .formatted(queue.arn()))));
        clients().sqs().deleteQueue(request -> request.queueUrl(gone.url()));
        publish("late", "image");
        assertThat(queue.receiveOne().body()).isEqualTo("late");
    }

    @Test
    void subscriptionsAreFoundChangedAndEnded() {
        var subscription = subscribe(Map.of());
        sns.setSubscriptionAttributes(request ->
                request.subscriptionArn(subscription)
                        .attributeName("RawMessageDelivery")
                        .attributeValue("true"));
        assertThat(
                        sns.getSubscriptionAttributes(
                                        request -> request.subscriptionArn(subscription))
                                .attributes())
                .containsEntry("RawMessageDelivery", "true")
                .containsEntry("Endpoint", queue.arn());
        assertThat(sns.listSubscriptionsByTopic(request -> request.topicArn(topic)).subscriptions())
                .hasSize(1);
        sns.unsubscribe(request -> request.subscriptionArn(subscription));
        assertThat(sns.listSubscriptionsByTopic(request -> request.topicArn(topic)).subscriptions())
                .isEmpty();
    }

    @Test
    void attributesAndTagsAreKept() {
        sns.setTopicAttributes(request ->
                request.topicArn(topic).attributeName("DisplayName").attributeValue("<News>"));
        assertThat(sns.getTopicAttributes(request -> request.topicArn(topic)).attributes())
                .containsEntry("DisplayName", "<News>")
                .containsEntry("TopicArn", topic);
        sns.tagResource(request ->
                request.resourceArn(topic).tags(Tag.builder().key("team").value("x").build()));
        assertThat(sns.listTagsForResource(request -> request.resourceArn(topic)).tags())
                .containsExactly(Tag.builder().key("team").value("x").build());
    }

    @Test
    void aDeletedTopicIsGone() {
        sns.deleteTopic(request -> request.topicArn(topic));
        assertThatThrownBy(() -> publish("x", "y")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void fifoTopicsKeepGroupsAndDropRepetitions() {
        var fifo = fifoTopic(Map.of());
        var fifoQueue = TestQueue.create(Map.of(QueueAttributeName.FIFO_QUEUE, "true"), ".fifo");
        subscribe(fifo, fifoQueue);
        subscribe(fifo, queue);
        var receipts =
                Stream.of("one", "one", "two").map(text -> publishTo(fifo, text, "g")).toList();
        assertThat(fifoQueue.receive(5)).extracting(Message::body).containsExactly("one", "two");
        assertThat(queue.receive(5)).extracting(Message::body).containsExactly("one", "two");
        assertThat(receipts.get(1).messageId()).isEqualTo(receipts.getFirst().messageId());
        assertThat(receipts)
                .extracting(PublishResponse::sequenceNumber)
                .isSorted()
                .allMatch(number -> number.length() == 20);
    }

    @Test
    void highThroughputFifoTopicsTellRepetitionsApartByTheirGroup() {
        var fifo = fifoTopic(Map.of("FifoThroughputScope", "MessageGroup"));
        subscribe(fifo, queue);
        publishTo(fifo, "same", "a");
        publishTo(fifo, "same", "b");
        publishTo(fifo, "same", "a");
        assertThat(queue.receive(5)).hasSize(2);
    }

    private String fifoTopic(Map<String, String> more) {
        var attributes =
                new HashMap<>(Map.of("FifoTopic", "true", "ContentBasedDeduplication", "true"));
        attributes.putAll(more);
        return sns.createTopic(request ->
                        request.name("t-" + UUID.randomUUID() + ".fifo").attributes(attributes))
                .topicArn();
    }

    private void subscribe(String topicArn, TestQueue subscriber) {
        sns.subscribe(request ->
                request.topicArn(topicArn)
                        .protocol("sqs")
                        .endpoint(subscriber.arn())
                        .attributes(Map.of("RawMessageDelivery", "true")));
    }

    private PublishResponse publishTo(String topicArn, String message, String group) {
        return sns.publish(
                request -> request.topicArn(topicArn).message(message).messageGroupId(group));
    }

    private String subscribe(Map<String, String> attributes) {
        return sns.subscribe(request ->
                        request.topicArn(topic)
                                .protocol("sqs")
                                .endpoint(queue.arn())
                                .attributes(attributes))
                .subscriptionArn();
    }

    private void publish(String message, String kind) {
        sns.publish(request ->
                request.topicArn(topic)
                        .message(message)
                        .messageAttributes(Map.of("kind", string(kind))));
    }

    private static PublishBatchRequestEntry entry(String id) {
        return PublishBatchRequestEntry.builder().id(id).message(id).build();
    }

    private static MessageAttributeValue string(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    private static MessageAttributeValue number(String value) {
        return MessageAttributeValue.builder().dataType("Number").stringValue(value).build();
    }
}
