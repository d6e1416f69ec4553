package io.millrace.transformload;

import io.millrace.localcloud.LocalCloud;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** One local AWS for all tests of the module, and clients of it. */
final class Cloud {

    static final LocalCloud LOCAL = LocalCloud.builder().port(0).start();
    static final SqsClient SQS = configured(SqsClient.builder()).build();
    static final SnsClient SNS = configured(SnsClient.builder()).build();
    static final DynamoDbClient DYNAMO_DB = configured(DynamoDbClient.builder()).build();
    static final S3Client S3 = configured(S3Client.builder()).forcePathStyle(true).build();

    static final String RESULTS_TABLE = "millrace-results";
    static final String RESULTS_BUCKET = "millrace-results";

    private Cloud() {}

    static URI endpoint() {
        return LOCAL.endpoint();
    }

    static String queue(String name) {
        return SQS.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    /** A new queue that gets what is published on a topic, as it was published. */
    static String subscriber(String topic, String name) {
        var url = SQS.createQueue(request -> request.queueName(name)).queueUrl();
        var arn =
                SQS.getQueueAttributes(request ->
                                request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN);
        SNS.subscribe(request ->
                request.topicArn("arn:aws:sns:us-east-1:000000000000:" + topic)
                        .protocol("sqs")
                        .endpoint(arn)
                        .attributes(Map.of("RawMessageDelivery", "true")));
        return url;
    }

    /** What has come to a queue by now, or comes within a second; it is taken. */
    static List<Message> take(String url) {
        var messages =
                SQS.receiveMessage(request ->
                                request.queueUrl(url)
                                        .maxNumberOfMessages(10)
                                        .waitTimeSeconds(1)
                                        .messageAttributeNames("All"))
                        .messages();
        messages.forEach(message ->
                SQS.deleteMessage(
                        request -> request.queueUrl(url).receiptHandle(message.receiptHandle())));
        return messages;
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
        return builder.endpointOverride(LOCAL.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test")));
    }
}
