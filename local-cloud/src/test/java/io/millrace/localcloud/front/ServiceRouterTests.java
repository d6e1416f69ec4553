package io.millrace.localcloud.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localcloud.aws.AwsService;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceRouterTests {

    private static final RequestHead BARE =
            new RequestHead(
                    "GET",
                    "localhost:4566",
                    "/",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of());

    @ParameterizedTest
    @CsvSource({
        "sqs, SQS",
        "sns, SNS",
        "s3, S3",
        "dynamodb, DYNAMODB",
        "states, STATES",
        "sts, STS"
    })
    void theSignaturesScopeDecides(String scope, AwsService service) {
        var head = signed("AKID/20261123/us-east-1/" + scope + "/aws4_request");
        assertThat(ServiceRouter.destination(head)).isEqualTo(new Destination.Known(service));
    }

    @Test
    void anAccessKeyMayHoldSlashes() {
        assertThat(ServiceRouter.destination(signed("a/b/c/20261123/eu-west-1/sqs/aws4_request")))
                .isEqualTo(new Destination.Known(AwsService.SQS));
    }

    @Test
    void theScopeWinsOverTheTarget() {
        var head =
                new RequestHead(
                        "POST",
                        "localhost",
                        "/",
                        Optional.of("AWS4-HMAC-SHA256 Credential=a/1/r/lambda/aws4_request, x"),
                        Optional.of("AmazonSQS.SendMessage"),
                        Optional.empty(),
                        Map.of());
        assertThat(ServiceRouter.destination(head)).isEqualTo(new Destination.Unknown("lambda"));
    }

    @Test
    void presignedUrlsAreSignedInTheirQuery() {
        var head = query(Map.of("X-Amz-Credential", "k/20261123/us-east-1/sqs/aws4_request"));
        assertThat(ServiceRouter.destination(head))
                .isEqualTo(new Destination.Known(AwsService.SQS));
    }

    @ParameterizedTest
    @CsvSource({
        "AmazonSQS.SendMessage, SQS",
        "DynamoDB_20120810.PutItem, DYNAMODB",
        "DynamoDBStreams_20120810.GetRecords, DYNAMODB",
        "AWSStepFunctions.StartExecution, STATES"
    })
    void unsignedTargetsDecide(String target, AwsService service) {
        var head =
                new RequestHead(
                        "POST",
                        "localhost",
                        "/",
                        Optional.empty(),
                        Optional.of(target),
                        Optional.empty(),
                        Map.of());
        assertThat(ServiceRouter.destination(head)).isEqualTo(new Destination.Known(service));
    }

    @ParameterizedTest
    @CsvSource({
        "sqs.us-east-1.localhost.localstack.cloud:4566, SQS",
        "us-east-1.queue.localhost:4566, SQS",
        "bucket.s3.localhost:4566, S3",
        "streams.dynamodb.us-east-1.amazonaws.com, DYNAMODB",
        "localhost:4566, S3",
        "sqs, S3"
    })
    void hostsOfServicesDecide(String host, AwsService service) {
        var head =
                new RequestHead(
                        "GET",
                        host,
                        "/",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of());
        assertThat(ServiceRouter.destination(head)).isEqualTo(new Destination.Known(service));
    }

    @Test
    void actionsInTheQueryDecide() {
        assertThat(ServiceRouter.destination(query(Map.of("Action", "Unsubscribe"))))
                .isEqualTo(new Destination.Known(AwsService.SNS));
        assertThat(ServiceRouter.destination(query(Map.of("Action", "SendMessage"))))
                .isEqualTo(new Destination.Known(AwsService.SQS));
    }

    @Test
    void plainPathsAreObjects() {
        assertThat(ServiceRouter.destination(BARE)).isEqualTo(new Destination.Known(AwsService.S3));
    }

    private static RequestHead signed(String credential) {
        return new RequestHead(
                "POST",
                "localhost:4566",
                "/",
                Optional.of("AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=host"),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private static RequestHead query(Map<String, String> query) {
        return new RequestHead(
                "GET",
                "localhost:4566",
                "/",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                query);
    }
}
