package shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localcloud.junit.LocalCloud;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import software.amazon.awssdk.services.sqs.SqsClient;

@LocalCloud(template = "queues.yaml")
class ShoutingTests {

    @Test
    void whatIsSaidQuietlyIsSaidAloud(SqsClient sqs) {
        try (var _ = SpringApplication.run(Shouting.class)) {
            sqs.sendMessage(send -> send.queueUrl(url(sqs, "quiet")).messageBody("hello"));

            var heard =
                    sqs.receiveMessage(
                            receive -> receive.queueUrl(url(sqs, "loud")).waitTimeSeconds(20));

            assertThat(heard.messages()).singleElement().extracting("body").isEqualTo("HELLO");
        }
    }

    private static String url(SqsClient sqs, String queue) {
        return sqs.getQueueUrl(get -> get.queueName(queue)).queueUrl();
    }
}
