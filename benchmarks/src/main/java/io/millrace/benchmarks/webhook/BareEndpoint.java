package io.millrace.benchmarks.webhook;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What a team would write first: a request's body becomes a message. */
@SpringBootApplication
public class BareEndpoint {

    public static void main(String[] arguments) {
        SpringApplication.run(BareEndpoint.class, arguments);
    }

    @Bean
    SqsClient sqs(@Value("${endpoint}") URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test")))
                .build();
    }

    @RestController
    static class Endpoint {

        private final SqsClient sqs;
        private final String queue;

        Endpoint(SqsClient sqs, @Value("${queue}") String queue) {
            this.sqs = sqs;
            this.queue = queue;
        }

        @PostMapping("/webhooks/{source}")
        @ResponseStatus(HttpStatus.ACCEPTED)
        String receive(@PathVariable String source, @RequestBody String body) {
            return sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body))
                    .messageId();
        }
    }
}
