package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.OrchestratorProperties;
import io.millrace.orchestrator.integration.SdkServices.Service;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The clients that tasks call services with. Where tasks need not go elsewhere, those of the
 * orchestrator itself; the others are made when a task first asks for one.
 */
final class TaskClients {

    private final ObjectProvider<S3Client> s3;
    private final ObjectProvider<DynamoDbClient> dynamoDb;
    private final ObjectProvider<SqsAsyncClient> sqs;
    private final ObjectProvider<SnsClient> sns;
    private final ObjectProvider<LambdaAsyncClient> lambda;
    private final ObjectProvider<OwnApi> own;
    private final ObjectProvider<AwsCredentialsProvider> credentials;
    private final Environment environment;
    private final Map<String, URI> endpoints;
    private final Region region;

    TaskClients(
            ObjectProvider<S3Client> s3,
            ObjectProvider<DynamoDbClient> dynamoDb,
            ObjectProvider<SqsAsyncClient> sqs,
            ObjectProvider<SnsClient> sns,
            ObjectProvider<LambdaAsyncClient> lambda,
            ObjectProvider<OwnApi> own,
            ObjectProvider<AwsCredentialsProvider> credentials,
            Environment environment,
            OrchestratorProperties properties,
            String region) {
        this.s3 = s3;
        this.dynamoDb = dynamoDb;
        this.sqs = sqs;
        this.sns = sns;
        this.lambda = lambda;
        this.own = own;
        this.credentials = credentials;
        this.environment = environment;
        this.endpoints = properties.taskEndpoints();
        this.region = Region.of(region);
    }

    /**
     * The services by the names that {@code aws-sdk} resources have for them. Not by references to
     * methods: those load the SDK's classes at once, of which most are never asked for.
     */
    Map<String, Service> byName() {
        var services = new LinkedHashMap<String, Service>();
        services.put(
                "s3",
                new Service(
                        () -> S3Client.class,
                        elsewhere("s3", () -> S3Client.builder().forcePathStyle(true))
                                .orElse(s3::getObject)));
        services.put(
                "dynamodb",
                new Service(
                        () -> DynamoDbClient.class,
                        elsewhere("dynamodb", () -> DynamoDbClient.builder())
                                .orElse(dynamoDb::getObject)));
        services.put(
                "sqs",
                new Service(
                        () -> SqsAsyncClient.class,
                        elsewhere("sqs", () -> SqsAsyncClient.builder()).orElse(sqs::getObject)));
        services.put(
                "sns",
                new Service(
                        () -> SnsClient.class,
                        elsewhere("sns", () -> SnsClient.builder()).orElse(sns::getObject)));
        services.put(
                "lambda",
                new Service(
                        () -> LambdaAsyncClient.class,
                        elsewhere("lambda", () -> LambdaAsyncClient.builder())
                                .orElse(lambda::getObject)));
        services.put(
                "eventbridge",
                new Service(
                        () -> EventBridgeClient.class,
                        SingletonSupplier.of(
                                () -> at(EventBridgeClient.builder(), eventBridge()).build())));
        services.put(
                "sfn",
                new Service(
                        () -> SfnClient.class,
                        elsewhere("sfn", () -> SfnClient.builder())
                                .orElseGet(() -> SingletonSupplier.of(this::ownApi))));
        return services;
    }

    /** A client for an endpoint that is set for tasks alone. */
    private <B extends AwsClientBuilder<B, ?>> Optional<Supplier<?>> elsewhere(
            String service, Supplier<B> builder) {
        return Optional.ofNullable(endpoints.get(service))
                .map(endpoint ->
                        SingletonSupplier.of(
                                () -> at(builder.get(), Optional.of(endpoint)).build()));
    }

    private <B extends AwsClientBuilder<B, ?>> B at(B builder, Optional<URI> endpoint) {
        builder.region(region).credentialsProvider(credentials.getObject());
        endpoint.ifPresent(builder::endpointOverride);
        return builder;
    }

    /** EventBridge has two names: its own, and the one that resources have for it. */
    private Optional<URI> eventBridge() {
        return Optional.ofNullable(endpoints.get("eventbridge"))
                .or(() -> Optional.ofNullable(endpoints.get("events")))
                .or(() -> variable("AWS_ENDPOINT_URL_EVENTBRIDGE"))
                .or(() -> variable("AWS_ENDPOINT_URL_EVENTS"))
                .or(() -> variable("AWS_ENDPOINT_URL"));
    }

    private Optional<URI> variable(String name) {
        return Optional.ofNullable(environment.getProperty(name)).map(URI::create);
    }

    /** Step Functions is this orchestrator, unless tasks are to go elsewhere. */
    private SfnClient ownApi() {
        return SfnClient.builder()
                .region(region)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .endpointOverride(URI.create("http://localhost"))
                .httpClient(new OwnApiTransport(own.getObject()))
                .build();
    }
}
