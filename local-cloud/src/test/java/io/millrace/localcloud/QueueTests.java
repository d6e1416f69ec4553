package io.millrace.localcloud;

import static io.millrace.localcloud.SharedCloud.clients;
import static io.millrace.localcloud.SharedCloud.cloud;
import static io.millrace.localcloud.SharedCloud.queue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

class QueueTests {

    private final SqsClient sqs = clients().sqs();

    @Test
    void queueUrlsStartWithTheHostTheClientUsed() {
        assertThat(queue("millrace-load"))
                .isEqualTo(cloud().endpoint() + "/000000000000/millrace-load");
    }

    @Test
    void queuesOfTheTemplateRedriveToFailures() {
        var attributes =
                sqs.getQueueAttributes(request ->
                                request.queueUrl(queue("millrace-load"))
                                        .attributeNames(QueueAttributeName.ALL))
                        .attributes();
        assertThat(attributes)
                .containsEntry(
                        QueueAttributeName.QUEUE_ARN,
                        "arn:aws:sqs:us-east-1:000000000000:millrace-load")
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "60")
                .containsEntry(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "20");
        assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
                .contains("arn:aws:sqs:us-east-1:000000000000:millrace-failures");
    }

    @Test
    void messagesComeWithTheirAttributes() {
        var url = newQueue(Map.of());
        sqs.sendMessage(request ->
                request.queueUrl(url)
                        .messageBody("grüße & <x>")
                        .messageAttributes(
                                Map.of(
                                        "kind",
                                        MessageAttributeValue.builder()
                                                .dataType("String")
                                                .stringValue("image")
                                                .build())));
        var messages =
                sqs.receiveMessage(request ->
                                request.queueUrl(url)
                                        .waitTimeSeconds(5)
                                        .messageAttributeNames("All"))
                        .messages();
        assertThat(messages).hasSize(1);
        assertThat(messages.getFirst().body()).isEqualTo("grüße & <x>");
        assertThat(messages.getFirst().messageAttributes().get("kind").stringValue())
                .isEqualTo("image");
    }

    @Test
    void redrivenMessagesSayWhereTheyCameFrom() {
        var dead = newQueue(Map.of());
        var deadArn =
                sqs.getQueueAttributes(request ->
                                request.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN);
        var url =
                newQueue(
                        Map.of(
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":1}"
                                        .formatted(deadArn)));
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("poison"));
        var first = sqs.receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(5));
        sqs.changeMessageVisibility(request ->
                request.queueUrl(url)
                        .receiptHandle(first.messages().getFirst().receiptHandle())
                        .visibilityTimeout(0));
        sqs.receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(1));
        var redriven =
                sqs.receiveMessage(request ->
                                request.queueUrl(dead)
                                        .waitTimeSeconds(5)
                                        .messageSystemAttributeNames(
                                                MessageSystemAttributeName.ALL))
                        .messages();
        assertThat(redriven).hasSize(1);
        assertThat(redriven.getFirst().body()).isEqualTo("poison");
        assertThat(
                        redriven.getFirst()
                                .attributes()
                                .get(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN))
                .endsWith(url.substring(url.lastIndexOf('/') + 1));
    }

    @Test
    void queryProtocolWorksToo() throws Exception {
        var name = "query-" + UUID.randomUUID();
        var answer = query("Action=CreateQueue&QueueName=" + name);
        assertThat(answer).contains("<QueueUrl>" + cloud().endpoint() + "/000000000000/" + name);
        query("Action=SendMessage&MessageBody=hello&QueueUrl=" + queue(name));
        assertThat(query("Action=ReceiveMessage&QueueUrl=" + queue(name)))
                .contains("<Body>hello</Body>");
    }

    @Test
    void missingQueueIsTheSdksException() {
        assertThatThrownBy(() -> queue("nobody-made-it"))
                .isInstanceOf(QueueDoesNotExistException.class);
    }

    private String newQueue(Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(request ->
                        request.queueName("test-" + UUID.randomUUID()).attributes(attributes))
                .queueUrl();
    }

    private static String query(String form) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(cloud().endpoint() + "/"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString(form))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
