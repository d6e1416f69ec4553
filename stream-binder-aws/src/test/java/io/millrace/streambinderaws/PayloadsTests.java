package io.millrace.streambinderaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.streambinderaws.BinderApplicationTests.App;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** What arrives is what was sent, or the sender learns why it cannot be. */
class PayloadsTests {

    @RegisterExtension private final Applications applications = new Applications();
    private final String name = "payloads-" + UUID.randomUUID();
    private final BlockingQueue<Message<byte[]>> seen = new LinkedBlockingQueue<>();

    @Test
    void bytesOfTextAndHeadersArriveAsTheyWere() throws Exception {
        var json =
                "{\"name\":\"Zoë 🦔\\u0000\",\"lines\":\"a\\tb\"}".getBytes(StandardCharsets.UTF_8);
        bridge("queue")
                .send(
                        "sent-out-0",
                        MessageBuilder.withPayload(json)
                                .setHeader("text", "grün")
                                .setHeader("number", 42)
                                .setHeader("flag", true)
                                .build());
        var message = seen.poll(10, TimeUnit.SECONDS);
        assertThat(message.getPayload()).isEqualTo(json);
        assertThat(message.getHeaders())
                .containsEntry("text", "grün")
                .containsEntry("flag", "true");
        assertThat(message.getHeaders().get("number")).hasToString("42");
    }

    @Test
    void binaryIsRefusedRatherThanDamaged() {
        var binary = new byte[] {(byte) 0xff, (byte) 0xd8, 0, 1};
        assertThatThrownBy(() -> bridge("queue").send("sent-out-0", binary))
                .hasStackTraceContaining("a message for " + name)
                .hasStackTraceContaining("Base64");
    }

    @Test
    void moreThanTenAttributesAreRefusedByTheirNames() {
        var message = MessageBuilder.withPayload("text");
        for (var number = 0; number < 11; number++) {
            message.setHeader("header" + number, "value");
        }
        assertThatThrownBy(() -> bridge("queue").send("sent-out-0", message.build()))
                .hasStackTraceContaining("at most 10 attributes")
                .hasStackTraceContaining("header7")
                .hasStackTraceContaining("'headers'");
    }

    @Test
    void aQueueTakesMoreThanATopicButNotMoreThanAMebibyte() {
        assertThatThrownBy(() -> bridge("queue").send("sent-out-0", "x".repeat(1024 * 1024)))
                .hasStackTraceContaining("a message for " + name)
                .hasStackTraceContaining("it has 10486")
                .hasStackTraceContaining("1048576 are possible");
    }

    @Test
    void aTopicTakes256Kibibytes() {
        assertThatThrownBy(() -> bridge("topic").send("sent-out-0", "x".repeat(256 * 1024)))
                .hasStackTraceContaining("a message for " + name)
                .hasStackTraceContaining("262144 are possible");
    }

    private StreamBridge bridge(String destinationType) {
        App.handler = seen::add;
        return applications
                .start(
                        "spring.cloud.function.definition=handle",
                        "spring.cloud.stream.output-bindings=sent-out-0",
                        "spring.cloud.stream.bindings.sent-out-0.destination=" + name,
                        "spring.cloud.stream.bindings.handle-in-0.destination=" + name,
                        "spring.cloud.stream.aws.default.consumer.destination-type="
                                + destinationType,
                        "spring.cloud.stream.aws.default.producer.destination-type="
                                + destinationType)
                .getBean(StreamBridge.class);
    }
}
