package io.millrace.streambinderaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.streambinderaws.BinderApplicationTests.App;
import io.millrace.streambinderaws.consumer.FailureHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** How a binding takes messages: no more than it can handle, in order, whole. */
class ConsumingTests {

    private static final String CONSUMER = "spring.cloud.stream.bindings.handle-in-0.consumer.";
    private static final String OWN = "spring.cloud.stream.aws.bindings.handle-in-0.consumer.";

    @RegisterExtension private final Applications applications = new Applications();
    private final String name = "consumed-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void noMoreAreTakenFromTheQueueThanHandlersMayRun() {
        var release = new CountDownLatch(1);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var handled = new AtomicInteger();
        App.handler =
                _ -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    hold(release);
                    running.decrementAndGet();
                    handled.incrementAndGet();
                };
        Cloud.create(name, Map.of());
        for (var number = 0; number < 12; number++) {
            Cloud.send(name, "message " + number);
        }
        start(name, CONSUMER + "concurrency=3", OWN + "wait-time=1s");
        await().untilAtomic(running, org.hamcrest.Matchers.is(3));
        await().during(Duration.ofMillis(1500))
                .until(() ->
                        Cloud.attribute(
                                        Cloud.url(name),
                                        QueueAttributeName
                                                .APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                                .equals("3"));
        release.countDown();
        await().untilAtomic(handled, org.hamcrest.Matchers.is(12));
        assertThat(most).hasValue(3);
    }

    @Test
    void aFailedMessageOfAGroupHoldsItsGroupAndNoOther() {
        List<String> seen = new CopyOnWriteArrayList<>();
        App.handler =
                message -> {
                    var text = text(message);
                    var before = seen.contains(text);
                    seen.add(text);
                    if (text.equals("a2") && !before) {
                        throw new IllegalStateException("not yet");
                    }
                };
        var queue = name + ".fifo";
        Cloud.create(queue, Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        for (var text : List.of("a1", "a2", "a3", "b1", "b2")) {
            Cloud.sendInOrder(queue, text, text.substring(0, 1));
        }
        start(
                queue,
                CONSUMER + "concurrency=10",
                OWN + "wait-time=1s",
                OWN + "visibility-timeout=3s");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Applications.left(queue)).isZero());
        assertThat(seen.stream().filter(text -> text.startsWith("a")))
                .containsExactly("a1", "a2", "a2", "a3");
        assertThat(seen.stream().filter(text -> text.startsWith("b"))).containsExactly("b1", "b2");
        assertThat(seen.lastIndexOf("a2")).isGreaterThan(seen.indexOf("b2"));
    }

    @Test
    void aDeadLetterHasAllThatItCameWithAndWhy() {
        App.handler =
                _ -> {
                    throw new IllegalStateException("never");
                };
        Cloud.createWithDeadLetters(name, 1);
        Cloud.SQS
                .sendMessage(request ->
                        request.queueUrl(Cloud.url(name))
                                .messageBody("{\"poison\":\"☠\"}")
                                .messageAttributes(
                                        Map.of(
                                                "contentType", string("application/json"),
                                                "tenant", string("grün"))))
                .join();
        start(name);
        var letter = Cloud.take(name + "-dlq");
        assertThat(letter.body()).isEqualTo("{\"poison\":\"☠\"}");
        assertThat(letter.messageAttributes())
                .containsEntry("contentType", string("application/json"))
                .containsEntry("tenant", string("grün"))
                .containsEntry(FailureHeaders.ORIGINAL_QUEUE, string(name))
                .containsEntry(
                        FailureHeaders.EXCEPTION_TYPE,
                        string(IllegalStateException.class.getName()))
                .containsEntry(FailureHeaders.EXCEPTION_MESSAGE, string("never"))
                .containsEntry(FailureHeaders.RECEIVE_COUNT, string("1"))
                .hasSize(6);
        await().untilAsserted(() -> assertThat(Applications.left(name)).isZero());
    }

    @Test
    void aDeadLetterOfAFifoQueueStaysInItsGroup() {
        App.handler =
                _ -> {
                    throw new IllegalStateException("never");
                };
        var queue = name + ".fifo";
        start(queue, OWN + "auto-bind-dlq=true", OWN + "max-receive-count=1");
        Cloud.sendInOrder(queue, "poison", "group");
        var letter = Cloud.take(name + "-dlq.fifo");
        assertThat(letter.body()).isEqualTo("poison");
        assertThat(letter.attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "group");
    }

    @Test
    void anAnonymousGroupsQueueGoesWhenItIsUnbound() {
        var application = startAnonymous();
        assertThat(queues()).hasSize(1).first().asString().contains(name + "-anonymous-");
        application.getBean(BindingService.class).unbindConsumers("handle-in-0");
        assertThat(queues()).isEmpty();
        assertThat(subscriptions()).isZero();
    }

    @Test
    void anAnonymousGroupsQueueGoesWithTheApplication() {
        var application = startAnonymous();
        assertThat(queues()).hasSize(1);
        application.close();
        assertThat(queues()).isEmpty();
        assertThat(subscriptions()).isZero();
    }

    @Test
    void aMissingTopicStopsTheStartAndSaysWhatToDo() {
        assertThatThrownBy(() ->
                        start(
                                name,
                                "spring.cloud.stream.binding-retry-interval=0",
                                "spring.cloud.stream.aws.binder.provisioning=validate",
                                OWN + "destination-type=topic"))
                .rootCause()
                .hasMessageContaining("there is no topic '%s'".formatted(name))
                .hasMessageContaining("provisioning=create");
        assertThat(queues()).isEmpty();
    }

    private org.springframework.context.ConfigurableApplicationContext startAnonymous() {
        return start(
                name,
                OWN + "destination-type=topic",
                OWN + "auto-bind-dlq=true",
                OWN + "wait-time=1s");
    }

    private org.springframework.context.ConfigurableApplicationContext start(
            String destination, String... more) {
        var all = new java.util.ArrayList<>(List.of(more));
        all.add("spring.cloud.function.definition=handle");
        all.add("spring.cloud.stream.bindings.handle-in-0.destination=" + destination);
        return applications.start(all.toArray(String[]::new));
    }

    private List<String> queues() {
        return Cloud.SQS.listQueues(request -> request.queueNamePrefix(name)).join().queueUrls();
    }

    private long subscriptions() {
        return Cloud.SNS.listSubscriptions().subscriptions().stream()
                .filter(subscription -> subscription.topicArn().endsWith(":" + name))
                .count();
    }

    private static MessageAttributeValue string(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    private static String text(Message<byte[]> message) {
        return new String(message.getPayload(), StandardCharsets.UTF_8);
    }

    private static void hold(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
