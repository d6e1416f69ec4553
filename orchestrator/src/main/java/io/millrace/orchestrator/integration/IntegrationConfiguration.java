package io.millrace.orchestrator.integration;

import io.millrace.events.EventJson;
import io.millrace.orchestrator.OrchestratorProperties;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.express.StartQueue;
import io.millrace.orchestrator.teststate.AnswerShapes;
import io.millrace.orchestrator.teststate.StateTester;
import io.millrace.orchestrator.wakeup.Hints;
import io.millrace.orchestrator.wakeup.MapRunData;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

@Configuration(proxyBeanMethods = false)
class IntegrationConfiguration {

    /** Longer than any function may run (Lambda, "Quotas": 15 minutes). */
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(16);

    private static final int FUNCTIONS_AT_ONCE = 500;

    /**
     * Made with the first task that is a function: in a function itself, few executions have one.
     */
    @Bean
    @Lazy
    LambdaAsyncClient lambdaClient(
            Environment environment,
            AwsCredentialsProvider credentials,
            @Value("${millrace.region}") String region) {
        var client =
                LambdaAsyncClient.builder()
                        .region(Region.of(region))
                        .credentialsProvider(credentials)
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder()
                                        .readTimeout(FUNCTION_TIMEOUT)
                                        .maxConcurrency(FUNCTIONS_AT_ONCE));
        var endpoint =
                environment.getProperty(
                        "AWS_ENDPOINT_URL_LAMBDA", environment.getProperty("AWS_ENDPOINT_URL", ""));
        return endpoint.isEmpty()
                ? client.build()
                : client.endpointOverride(URI.create(endpoint)).build();
    }

    @Bean
    QueueSender queueSender(SqsAsyncClient sqs, Clock clock) {
        return new QueueSender(sqs, clock);
    }

    @Bean
    SdkServices sdkServices(
            ObjectProvider<S3Client> s3,
            ObjectProvider<DynamoDbClient> dynamoDb,
            ObjectProvider<SqsAsyncClient> sqs,
            ObjectProvider<SnsClient> sns,
            ObjectProvider<LambdaAsyncClient> lambda,
            ObjectProvider<OwnApi> own,
            ObjectProvider<AwsCredentialsProvider> credentials,
            Environment environment,
            OrchestratorProperties properties,
            @Value("${millrace.region}") String region) {
        return new SdkServices(
                new TaskClients(
                                s3,
                                dynamoDb,
                                sqs,
                                sns,
                                lambda,
                                own,
                                credentials,
                                environment,
                                properties,
                                region)
                        .byName());
    }

    @Bean
    IntegrationCalls effectCalls(
            SdkServices services,
            ObjectProvider<OwnApi> own,
            QueueSender sender,
            SqsAsyncClient sqs,
            ObjectProvider<SnsClient> sns,
            ObjectProvider<LambdaAsyncClient> lambda,
            EventJson json,
            Arns arns,
            OrchestratorProperties properties,
            @Value("${millrace.resources.FailuresQueue}") String failures) {
        return new IntegrationCalls(
                List.of(
                        new SqsIntegration(sender),
                        new SnsIntegration(sns::getObject),
                        new LambdaIntegration(lambda::getObject),
                        new AwsSdkIntegration(services),
                        new DynamoDbIntegration(services),
                        new EventsIntegration(services, arns),
                        new StatesIntegration(own::getObject),
                        new HttpIntegration(properties.connections(), arns.region())),
                new FailureReports(
                        properties.failureEvents(), sender, url(sqs, failures), json, arns));
    }

    @Bean
    StateTester stateTester(StateEvaluator evaluator, IntegrationCalls calls) {
        return new StateTester(evaluator, calls::call);
    }

    @Bean
    AnswerShapes answerShapes() {
        return new SdkAnswerShapes();
    }

    @Bean
    MapRunData mapRunData(ObjectProvider<S3Client> s3, Arns arns) {
        return new S3MapRunData(s3::getObject, arns);
    }

    @Bean
    Hints hints(
            QueueSender sender,
            SqsAsyncClient sqs,
            Clock clock,
            OrchestratorProperties properties,
            @Value("${millrace.resources.WakeUpsQueue}") String wakeUps) {
        return properties.wakeUpHints()
                ? new WakeUpHints(sender, url(sqs, wakeUps), clock)
                : Hints.NONE;
    }

    @Bean
    StartQueue startQueue(
            QueueSender sender,
            SqsAsyncClient sqs,
            @Value("${millrace.resources.ExpressExecutionsQueue}") String queue) {
        var url = url(sqs, queue);
        return message -> {
            var _ =
                    sender.send(
                                    url.get(),
                                    SendMessageBatchRequestEntry.builder().messageBody(message))
                            .join();
        };
    }

    private static Supplier<String> url(SqsAsyncClient sqs, String queue) {
        return SingletonSupplier.of(() ->
                sqs.getQueueUrl(request -> request.queueName(queue))
                        .thenApply(GetQueueUrlResponse::queueUrl)
                        .join());
    }
}
