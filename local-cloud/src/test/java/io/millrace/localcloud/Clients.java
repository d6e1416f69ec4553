package io.millrace.localcloud;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SDK's clients as users build them, pointed at an endpoint. */
record Clients(
        URI endpoint,
        SqsClient sqs,
        SnsClient sns,
        S3Client s3,
        DynamoDbClient dynamoDb,
        DynamoDbStreamsClient streams,
        SfnClient sfn) {

    static Clients of(URI endpoint) {
        return new Clients(
                endpoint,
                configured(SqsClient.builder(), endpoint).build(),
                configured(SnsClient.builder(), endpoint).build(),
                configured(S3Client.builder(), endpoint).forcePathStyle(true).build(),
                configured(DynamoDbClient.builder(), endpoint).build(),
                configured(DynamoDbStreamsClient.builder(), endpoint).build(),
                configured(SfnClient.builder(), endpoint).build());
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(B builder, URI endpoint) {
        // A key with signs in it: any credentials are welcome.
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("any-key_1", "any/secret")));
    }
}
