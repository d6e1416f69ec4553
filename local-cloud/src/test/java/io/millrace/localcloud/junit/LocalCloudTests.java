package io.millrace.localcloud.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

@LocalCloud(template = "io/millrace/localcloud/junit/orders.yaml")
class LocalCloudTests {

    private final SqsClient sqs;

    LocalCloudTests(SqsClient sqs) {
        this.sqs = sqs;
    }

    @Test
    void clientsOfEveryKindReachTheResourcesOfTheTemplate(
            DynamoDbClient dynamoDb, S3Client s3, SqsAsyncClient later, SnsClient sns) {
        dynamoDb.putItem(request ->
                request.tableName("orders").item(Map.of("id", AttributeValue.fromS("7"))));
        s3.putObject(
                request -> request.bucket("order-files").key("7.txt"), RequestBody.fromString("x"));
        var url = later.getQueueUrl(request -> request.queueName("order-events")).join().queueUrl();

        var events =
                sqs.receiveMessage(request ->
                                request.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(10))
                        .messages();

        assertThat(events)
                .extracting(Message::body)
                .anyMatch(event -> event.contains("ObjectCreated:Put") && event.contains("7.txt"));
        assertThat(sns.listTopics().topics()).isEmpty();
    }

    @Test
    void clientsThatTheCodeUnderTestMakesFindTheEndpoint(URI endpoint) {
        try (var own = SqsClient.create()) {
            assertThat(own.getQueueUrl(request -> request.queueName("order-events")).queueUrl())
                    .startsWith(endpoint.toString());
        }
    }

    @Test
    void theCloudItselfCanBeHad(io.millrace.localcloud.LocalCloud cloud, URI endpoint) {
        assertThat(cloud.endpoint()).isEqualTo(endpoint);
    }
}
