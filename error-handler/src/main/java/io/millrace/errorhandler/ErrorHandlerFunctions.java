package io.millrace.errorhandler;

import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.millrace.errorhandler.aws.S3Payloads;
import io.millrace.errorhandler.aws.StepFunctionsAnswers;
import io.millrace.errorhandler.failure.FailedMessage;
import io.millrace.errorhandler.failure.FailureHandling;
import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.FailureRecord;
import io.millrace.streambinderaws.consumer.FailureHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** What error-handler does, as a function. */
@Configuration(proxyBeanMethods = false)
class ErrorHandlerFunctions {

    /** Set by SQS on what it moved itself (SQS API reference, ReceiveMessage). */
    private static final String DEAD_LETTER_SOURCE = "Sqs_Msa_DeadLetterQueueSourceArn";

    /** A record of what failed, or null if an execution has taken the failure over. */
    @Bean
    Function<Message<byte[]>, @Nullable Event<FailureRecord>> failure(FailureHandling handling) {
        return message -> handling.handle(failed(message)).orElse(null);
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
    SfnClient stepFunctions(
            AwsClientBuilderConfigurer configurer,
            @Value("${AWS_ENDPOINT_URL_SFN:#{null}}") @Nullable URI endpoint) {
        var builder = configurer.configure(SfnClient.builder());
        return (endpoint == null ? builder : builder.endpointOverride(endpoint)).build();
    }

    private static FailedMessage failed(Message<byte[]> message) {
        return new FailedMessage(
                header(message, "id").orElse(""),
                new String(message.getPayload(), StandardCharsets.UTF_8),
                header(message, FailureHeaders.ORIGINAL_QUEUE)
                        .or(() ->
                                header(message, DEAD_LETTER_SOURCE)
                                        .map(ErrorHandlerFunctions::name)),
                header(message, FailureHeaders.EXCEPTION_TYPE),
                header(message, FailureHeaders.EXCEPTION_MESSAGE),
                header(message, FailureHeaders.RECEIVE_COUNT).map(Integer::valueOf));
    }

    private static Optional<String> header(Message<byte[]> message, String name) {
        return Optional.ofNullable(message.getHeaders().get(name)).map(Object::toString);
    }

    private static String name(String queueArn) {
        return queueArn.substring(queueArn.lastIndexOf(':') + 1);
    }
}
