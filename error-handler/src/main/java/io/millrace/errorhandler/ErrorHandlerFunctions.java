package io.millrace.errorhandler;

import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.millrace.errorhandler.aws.AwsReplays;
import io.millrace.errorhandler.aws.DynamoDbGroups;
import io.millrace.errorhandler.aws.ReferencedBodies;
import io.millrace.errorhandler.aws.S3Payloads;
import io.millrace.errorhandler.aws.SqsDeadLetters;
import io.millrace.errorhandler.aws.StepFunctionsAnswers;
import io.millrace.errorhandler.aws.TopicAlarms;
import io.millrace.errorhandler.deadletters.DeadLetters;
import io.millrace.errorhandler.failure.FailureHandling;
import io.millrace.errorhandler.groups.FailureGroups;
import io.millrace.errorhandler.groups.FailureMetrics;
import io.millrace.errorhandler.groups.GroupStore;
import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.FailureRecord;
import io.millrace.servicestarter.StepFunctionsKey;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.messaging.Message;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What error-handler does, as a function. */
@Configuration(proxyBeanMethods = false)
class ErrorHandlerFunctions {

    /** A record of what failed, or null if an execution has taken the failure over. */
    @Bean
    Function<Message<byte[]>, @Nullable Event<FailureRecord>> failure(
            FailureHandling handling,
            FailureGroups groups,
            S3Client s3,
            @Value("${millrace.resources.ResultsBucket}") String bucket) {
        var messages = new FailedMessages(new ReferencedBodies(s3, bucket));
        return message -> {
            var record = handling.handle(messages.of(message));
            record.ifPresent(groups::count);
            return record.orElse(null);
        };
    }

    @Bean
    FailureGroups failureGroups(
            GroupStore store,
            StreamBridge bridge,
            ObjectProvider<MeterRegistry> registries,
            Clock clock,
            ErrorHandlerProperties properties) {
        return new FailureGroups(
                store,
                new TopicAlarms(bridge, FailureHandling.SOURCE),
                new FailureMetrics(registries.getIfAvailable(CompositeMeterRegistry::new)),
                clock,
                properties.quietPeriod(),
                ErrorHandlerFunctions::letOthersPass);
    }

    @Bean
    GroupStore groupStore(
            DynamoDbClient dynamoDb,
            Clock clock,
            @Value("${millrace.resources.FailuresTable}") String table) {
        return new DynamoDbGroups(dynamoDb, table, clock);
    }

    private static void letOthersPass(int tries) {
        var longest = Duration.ofMillis(Math.min(200, 10L * tries)).toNanos();
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
    }

    @Bean
    FailureHandling failureHandling(
            EventJson json,
            SfnClient stepFunctions,
            S3Client s3,
            Clock clock,
            ErrorHandlerProperties properties,
            @Value("${millrace.resources.ResultsBucket}") String bucket) {
        return new FailureHandling(
                json,
                new StepFunctionsAnswers(stepFunctions),
                new S3Payloads(s3, bucket, properties.maxPayloadSize()),
                clock);
    }

    @Bean
    @Lazy
    DeadLetters deadLetters(
            SqsClient sqs,
            SfnClient stepFunctions,
            S3Client s3,
            @Value("${millrace.resources.DeadLettersQueue}") String queue) {
        var url = sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
        return new DeadLetters(
                new SqsDeadLetters(sqs, url), new AwsReplays(stepFunctions, sqs, s3));
    }

    @Bean
    @Lazy
    SqsClient deadLetterClient(AwsClientBuilderConfigurer configurer) {
        return configurer.configure(SqsClient.builder()).build();
    }

    @Bean
    SfnClient stepFunctions(
            AwsClientBuilderConfigurer configurer,
            StepFunctionsKey key,
            @Value("${AWS_ENDPOINT_URL_SFN:#{null}}") @Nullable URI endpoint) {
        var builder = configurer.configure(SfnClient.builder());
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        key.accessKeyId()
                .map(id -> AwsBasicCredentials.create(id, key.secretAccessKey()))
                .map(StaticCredentialsProvider::create)
                .ifPresent(builder::credentialsProvider);
        return builder.build();
    }
}
