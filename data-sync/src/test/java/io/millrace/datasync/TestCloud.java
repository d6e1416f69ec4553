package io.millrace.datasync;

import io.millrace.localcloud.LocalCloud;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** One cloud for all tests of this module, and clients as users build them. */
public final class TestCloud {

    private static final TestCloud SHARED = new TestCloud();

    private final LocalCloud cloud = LocalCloud.builder().port(0).start();
    private final DynamoDbClient dynamoDb = configured(DynamoDbClient.builder()).build();
    private final DynamoDbStreamsClient streams =
            configured(DynamoDbStreamsClient.builder()).build();
    private final SqsClient sqs = configured(SqsClient.builder()).build();

    private TestCloud() {
        Runtime.getRuntime().addShutdownHook(new Thread(cloud::close));
    }

    private <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")));
    }

    public static URI endpoint() {
        return SHARED.cloud.endpoint();
    }

    public static DynamoDbClient dynamoDb() {
        return SHARED.dynamoDb;
    }

    public static DynamoDbStreamsClient streams() {
        return SHARED.streams;
    }

    public static SqsClient sqs() {
        return SHARED.sqs;
    }
}
