package io.millrace.streambinderaws;

import io.millrace.cloudresources.ResourceTemplate;
import io.millrace.localcloud.LocalCloud;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** SQS and SNS for all tests of the module, empty at first, and clients of them. */
public final class Cloud {

    public static final LocalCloud LOCAL =
            LocalCloud.builder()
                    .port(0)
                    .template(ResourceTemplate.read("Resources: {}", Map.of()))
                    .start();
    static final SqsAsyncClient SQS = configured(SqsAsyncClient.builder()).build();
    static final SnsClient SNS = configured(SnsClient.builder()).build();

    static final S3Client S3 = configured(S3Client.builder()).forcePathStyle(true).build();

    private Cloud() {}

    static String url(String queue) {
        return SQS.getQueueUrl(request -> request.queueName(queue)).join().queueUrl();
    }

    static String create(String queue, Map<QueueAttributeName, String> attributes) {
        return SQS.createQueue(request -> request.queueName(queue).attributes(attributes))
                .join()
                .queueUrl();
    }

    /** A queue with a dead-letter queue of the same name and {@code -dlq}. */
    static String createWithDeadLetters(String queue, int maxReceiveCount) {
        var arn = attribute(create(queue + "-dlq", Map.of()), QueueAttributeName.QUEUE_ARN);
        return create(
                queue,
                Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
                                .formatted(arn, maxReceiveCount)));
    }

    static String attribute(String url, QueueAttributeName name) {
        return SQS.getQueueAttributes(request -> request.queueUrl(url).attributeNames(name))
                .join()
                .attributes()
                .get(name);
    }

    public static void send(String queue, String body) {
        SQS.sendMessage(request -> request.queueUrl(url(queue)).messageBody(body)).join();
    }

    /** A message of a group in a FIFO queue; a text is sent once only. */
    static void sendInOrder(String queue, String text, String group) {
        SQS.sendMessage(request ->
                        request.queueUrl(url(queue))
                                .messageBody(text)
                                .messageGroupId(group)
                                .messageDeduplicationId(text))
                .join();
    }

    /** The next message of a queue, waited for. */
    public static Message take(String queue) {
        var url = url(queue);
        for (var attempt = 0; attempt < 10; attempt++) {
            var messages =
                    SQS.receiveMessage(request ->
                                    request.queueUrl(url)
                                            .waitTimeSeconds(1)
                                            .messageAttributeNames("All")
                                            .messageSystemAttributeNamesWithStrings("All"))
                            .join()
                            .messages();
            if (!messages.isEmpty()) {
                var message = messages.getFirst();
                SQS.deleteMessage(request ->
                                request.queueUrl(url).receiptHandle(message.receiptHandle()))
                        .join();
                return message;
            }
        }
        throw new AssertionError("nothing came to " + queue);
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
        return builder.endpointOverride(LOCAL.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test")));
    }
}
