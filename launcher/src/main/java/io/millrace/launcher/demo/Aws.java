package io.millrace.launcher.demo;

import io.millrace.cloudresources.ResourceTemplate;
import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Unmodified SDK clients on one endpoint, and the names of what lies there. */
public record Aws(
        S3Client s3,
        SqsClient sqs,
        SnsClient sns,
        DynamoDbClient dynamoDb,
        SfnClient stepFunctions,
        ResourceTemplate names)
        implements AutoCloseable {

    /**
     * Clients of an emulator, which takes any credentials.
     *
     * @param endpoint where AWS is
     * @param states where Step Functions is, which may be the orchestrator itself
     * @param prefix what the names of all resources start with
     */
    public static Aws at(URI endpoint, URI states, String prefix) {
        return new Aws(
                configured(S3Client.builder().forcePathStyle(true), endpoint).build(),
                configured(SqsClient.builder(), endpoint).build(),
                configured(SnsClient.builder(), endpoint).build(),
                configured(DynamoDbClient.builder(), endpoint).build(),
                configured(SfnClient.builder(), states).build(),
                ResourceTemplate.millrace(prefix));
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test")));
    }

    /** The physical name of a resource of the template. */
    public String name(String logicalId) {
        return names.name(logicalId);
    }

    /** The URL of a queue of the template. */
    public String queueUrl(String logicalId) {
        return sqs.getQueueUrl(request -> request.queueName(name(logicalId))).queueUrl();
    }

    /** The ARN of the topic of the template. */
    public String topicArn(String logicalId) {
        var name = name(logicalId);
        return sns.listTopicsPaginator().topics().stream()
                .map(topic -> topic.topicArn())
                .filter(arn -> arn.endsWith(":" + name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no topic " + name));
    }

    @Override
    public void close() {
        Consumer<AutoCloseable> quietly =
                client -> {
                    try {
                        client.close();
                    } catch (Exception e) {
                        throw new IllegalStateException("an SDK client did not close", e);
                    }
                };
        quietly.accept(s3);
        quietly.accept(sqs);
        quietly.accept(sns);
        quietly.accept(dynamoDb);
        quietly.accept(stepFunctions);
    }
}
