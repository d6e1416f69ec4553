package io.millrace.errorhandler;

import io.millrace.localcloud.LocalCloud;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** One local AWS for all tests of the module, and clients of it. */
public final class Cloud {

    static final LocalCloud LOCAL = LocalCloud.builder().port(0).start();
    static final SqsClient SQS = configured(SqsClient.builder()).build();
    public static final DynamoDbClient DYNAMO_DB = configured(DynamoDbClient.builder()).build();
    static final SnsClient SNS = configured(SnsClient.builder()).build();
    static final S3Client S3 = configured(S3Client.builder()).forcePathStyle(true).build();

    private Cloud() {}

    static URI endpoint() {
        return LOCAL.endpoint();
    }

    static SfnClient stepFunctions(URI endpoint) {
        return configured(SfnClient.builder()).endpointOverride(endpoint).build();
    }

    static String queue(String name) {
        return SQS.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    /** A new queue that gets what is published to a topic from now on. */
    static String subscriberOf(String topic) {
        var name = "subscriber-" + UUID.randomUUID();
        var url = SQS.createQueue(request -> request.queueName(name)).queueUrl();
        SNS.subscribe(request ->
                request.topicArn("arn:aws:sns:us-east-1:000000000000:" + topic)
                        .protocol("sqs")
                        .endpoint("arn:aws:sqs:us-east-1:000000000000:" + name)
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
