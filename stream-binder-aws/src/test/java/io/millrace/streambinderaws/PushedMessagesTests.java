package io.millrace.streambinderaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.streambinderaws.BinderApplicationTests.App;
import io.millrace.streambinderaws.consumer.BatchPartlyFailed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Messages that somebody else has received, handed to a binding that is not started. */
class PushedMessagesTests {

    private final String queue = "pushed-" + UUID.randomUUID();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private ConfigurableApplicationContext application;

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void theyGoThroughTheFunctionToItsOutput() {
        Cloud.createWithDeadLetters(queue, 3);
        var binder = bound("shout", false, queue + "-out");
        assertThat(binder.deliver(queue, List.of(message("quiet", 1)))).isEmpty();
        assertThat(Cloud.take(queue + "-out").body()).isEqualTo("QUIET");
    }

    @Test
    void onlyThoseThatFailComeBack() {
        Cloud.createWithDeadLetters(queue, 3);
        App.handler = message -> handle(text(message.getPayload()));
        var bad = message("bad", 1);
        var returning =
                bound("handle", false, "")
                        .deliver(queue, List.of(message("a", 1), bad, message("b", 1)));
        assertThat(returning).containsExactly(bad.messageId());
        assertThat(seen).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void theLastFailureGoesToTheDeadLettersWithItsReasonAndDoesNotComeBack() {
        Cloud.createWithDeadLetters(queue, 3);
        App.handler = message -> handle(text(message.getPayload()));
        assertThat(bound("handle", false, "").deliver(queue, List.of(message("bad", 3)))).isEmpty();
        var letter = Cloud.take(queue + "-dlq");
        assertThat(letter.body()).isEqualTo("bad");
        assertThat(letter.messageAttributes().get("x-original-queue").stringValue())
                .isEqualTo(queue);
        assertThat(letter.messageAttributes().get("x-receive-count").stringValue()).isEqualTo("3");
    }

    @Test
    void aStartThatAsksAwsNothingLeadsToTheSameDeadLetters() {
        App.handler = message -> handle(text(message.getPayload()));
        var binder = bound("handle", false, "", "validate-on-use");
        Cloud.createWithDeadLetters(queue, 3);
        var first = message("bad", 1);
        assertThat(binder.deliver(queue, List.of(first))).containsExactly(first.messageId());
        assertThat(binder.deliver(queue, List.of(message("bad", 3)))).isEmpty();
        assertThat(Cloud.take(queue + "-dlq").body()).isEqualTo("bad");
    }

    @Test
    void aMissingOutputIsFoundByTheFirstMessageWhichComesBack() {
        var binder = bound("shout", false, queue + "-out", "validate-on-use");
        Cloud.createWithDeadLetters(queue, 3);
        var message = message("quiet", 1);
        assertThat(binder.deliver(queue, List.of(message))).containsExactly(message.messageId());
        Cloud.createWithDeadLetters(queue + "-out", 3);
        assertThat(binder.deliver(queue, List.of(message))).isEmpty();
        assertThat(Cloud.take(queue + "-out").body()).isEqualTo("QUIET");
    }

    @Test
    void aBatchThatFailsInPartComesBackInPart() {
        Cloud.createWithDeadLetters(queue, 3);
        App.batchHandler =
                batch -> {
                    throw BatchPartlyFailed.at(Map.of(1, new IllegalStateException("later")));
                };
        var second = message("b", 1);
        assertThat(bound("handleAll", true, "").deliver(queue, List.of(message("a", 1), second)))
                .containsExactly(second.messageId());
    }

    @Test
    void aQueueThatNothingIsBoundToIsRefused() {
        Cloud.createWithDeadLetters(queue, 3);
        var binder = bound("handle", false, "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> binder.deliver("another", List.of(message("a", 1))))
                .withMessageContaining("another")
                .withMessageContaining(queue);
    }

    private void handle(String text) {
        if (text.equals("bad")) {
            throw new IllegalStateException("bad");
        }
        seen.add(text);
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    private AwsMessageBinder bound(String function, boolean batches, String output) {
        return bound(function, batches, output, "create");
    }

    private AwsMessageBinder bound(
            String function, boolean batches, String output, String provisioning) {
        application =
                new SpringApplicationBuilder(App.class)
                        .web(WebApplicationType.NONE)
                        .properties(
                                "spring.cloud.aws.endpoint=" + Cloud.LOCAL.endpoint(),
                                "spring.cloud.aws.region.static=us-east-1",
                                "spring.cloud.aws.credentials.access-key=test",
                                "spring.cloud.aws.credentials.secret-key=test",
                                "spring.cloud.stream.function.autodetect=false",
                                "spring.main.banner-mode=off",
                                "spring.cloud.stream.aws.binder.provisioning=" + provisioning,
                                "spring.cloud.function.definition=" + function,
                                "spring.cloud.stream.default.consumer.auto-startup=false",
                                "spring.cloud.stream.default.consumer.batch-mode=" + batches,
                                "spring.cloud.stream.default.consumer.max-attempts=1",
                                "spring.cloud.stream.bindings.%s-in-0.destination=%s"
                                        .formatted(function, queue),
                                "spring.cloud.stream.bindings.%s-out-0.destination=%s"
                                        .formatted(function, output))
                        .run();
        return application.getBean(AwsMessageBinder.class);
    }

    private static Message message(String body, int received) {
        return Message.builder()
                .messageId(UUID.randomUUID().toString())
                .receiptHandle("a handle")
                .body(body)
                .attributes(
                        Map.of(
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                                String.valueOf(received)))
                .build();
    }
}
