package io.millrace.launcher;

import io.millrace.cloudresources.ResourceTemplate;
import io.millrace.errorhandler.aws.AwsReplays;
import io.millrace.errorhandler.aws.DynamoDbGroups;
import io.millrace.errorhandler.aws.SqsDeadLetters;
import io.millrace.errorhandler.deadletters.DeadLetters;
import io.millrace.errorhandler.groups.GroupStore;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Options that say where the dead letters lie. */
final class DlqSource {

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            defaultValue = "${env:AWS_ENDPOINT_URL}",
            description = "Where AWS is (default: AWS_ENDPOINT_URL, else AWS itself).")
    private @Nullable URI endpoint;

    @Option(
            names = "--states-endpoint",
            paramLabel = "URL",
            defaultValue = "${env:AWS_ENDPOINT_URL_SFN}",
            description =
                    "Where the Step Functions API is, if not there (default: AWS_ENDPOINT_URL_SFN).")
    private @Nullable URI states;

    @Option(
            names = "--prefix",
            paramLabel = "P",
            defaultValue = "${env:MILLRACE_PREFIX:-" + LaunchPlan.DEFAULT_PREFIX + "}",
            description = "What all names start with (default: ${DEFAULT-VALUE}).")
    private String prefix = LaunchPlan.DEFAULT_PREFIX;

    <T> T with(Function<DeadLetters, T> work) {
        try (var sqs = at(SqsClient.builder(), endpoint).build();
                var sfn = at(SfnClient.builder(), states == null ? endpoint : states).build();
                var s3 =
                        at(S3Client.builder().forcePathStyle(endpoint != null), endpoint).build()) {
            var queue = ResourceTemplate.millrace(prefix).name("DeadLettersQueue");
            var url = sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
            return work.apply(
                    new DeadLetters(new SqsDeadLetters(sqs, url), new AwsReplays(sfn, sqs, s3)));
        } catch (SdkException e) {
            throw new IllegalStateException(where(), e);
        }
    }

    <T> T withGroups(Function<GroupStore, T> work) {
        try (var dynamoDb = at(DynamoDbClient.builder(), endpoint).build()) {
            var table = ResourceTemplate.millrace(prefix).name("FailuresTable");
            return work.apply(new DynamoDbGroups(dynamoDb, table, InstantSource.system()));
        } catch (SdkException e) {
            throw new IllegalStateException(where(), e);
        }
    }

    /** The address is the first thing to be wrong. */
    private String where() {
        return endpoint == null
                ? "AWS itself was asked for the dead letters; --endpoint or AWS_ENDPOINT_URL says"
                        + " where else they are (of ./millrace up: http://localhost:4566)"
                : "the dead letters of %s at %s cannot be had".formatted(prefix, endpoint);
    }

    /** An emulator takes any credentials; AWS takes those that the SDK finds. */
    private static <B extends AwsClientBuilder<B, ?>> B at(B builder, @Nullable URI endpoint) {
        if (endpoint == null) {
            return builder;
        }
        builder.endpointOverride(endpoint);
        if (System.getenv("AWS_REGION") == null && System.getenv("AWS_DEFAULT_REGION") == null) {
            builder.region(Region.US_EAST_1);
        }
        return System.getenv("AWS_ACCESS_KEY_ID") == null && System.getenv("AWS_PROFILE") == null
                ? builder.credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test")))
                : builder;
    }
}
