package io.millrace.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class DataDirTests {

    private static final String QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:millrace-load";

    @TempDir private Path dataDir;

    @Test
    void everythingIsThereAfterARestart() {
        try (var cloud = LocalCloud.builder().port(0).dataDir(dataDir).start()) {
            fill(Clients.of(cloud.endpoint()));
        }
        try (var cloud = LocalCloud.builder().port(0).dataDir(dataDir).start()) {
            verify(Clients.of(cloud.endpoint()));
        }
    }

    private static void fill(Clients clients) {
        var url = url(clients, "millrace-load");
        clients.sqs()
                .sendMessage(request ->
                        request.queueUrl(url)
                                .messageBody("kept")
                                .messageAttributes(
                                        Map.of(
                                                "kind",
                                                MessageAttributeValue.builder()
                                                        .dataType("String")
                                                        .stringValue("image")
                                                        .build())));
        clients.dynamoDb()
                .putItem(request ->
                        request.tableName("millrace-results")
                                .item(Map.of("id", AttributeValue.fromS("kept"))));
        clients.s3()
                .putObject(
                        request ->
                                request.bucket("millrace-results")
                                        .key("a/b c.txt")
                                        .contentType("text/plain")
                                        .metadata(Map.of("trace", "00")),
                        RequestBody.fromString("kept"));
        var topic = clients.sns().createTopic(request -> request.name("own")).topicArn();
        clients.sns()
                .subscribe(request -> request.topicArn(topic).protocol("sqs").endpoint(QUEUE_ARN));
    }

    private static void verify(Clients clients) {
        var message =
                clients.sqs()
                        .receiveMessage(request ->
                                request.queueUrl(url(clients, "millrace-load"))
                                        .waitTimeSeconds(10)
                                        .messageAttributeNames("All"))
                        .messages()
                        .getFirst();
        assertThat(message.body()).isEqualTo("kept");
        assertThat(message.messageAttributes().get("kind").stringValue()).isEqualTo("image");
        assertThat(
                        clients.sqs()
                                .getQueueAttributes(request ->
                                        request.queueUrl(url(clients, "millrace-load"))
                                                .attributeNames(QueueAttributeName.ALL))
                                .attributes())
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "60")
                .containsKey(QueueAttributeName.REDRIVE_POLICY);
        assertThat(
                        clients.dynamoDb()
                                .getItem(request ->
                                        request.tableName("millrace-results")
                                                .key(Map.of("id", AttributeValue.fromS("kept"))))
                                .hasItem())
                .isTrue();
        var object =
                clients.s3()
                        .getObjectAsBytes(
                                request -> request.bucket("millrace-results").key("a/b c.txt"));
        assertThat(object.asUtf8String()).isEqualTo("kept");
        assertThat(object.response().contentType()).isEqualTo("text/plain");
        assertThat(object.response().metadata()).containsEntry("trace", "00");
        assertThat(clients.sns().listSubscriptions().subscriptions())
                .anyMatch(subscription -> subscription.endpoint().equals(QUEUE_ARN));
        assertThat(
                        clients.s3()
                                .getBucketNotificationConfiguration(
                                        request -> request.bucket("millrace-uploads"))
                                .queueConfigurations())
                .hasSize(1);
    }

    private static String url(Clients clients, String queue) {
        return clients.sqs().getQueueUrl(request -> request.queueName(queue)).queueUrl();
    }
}
