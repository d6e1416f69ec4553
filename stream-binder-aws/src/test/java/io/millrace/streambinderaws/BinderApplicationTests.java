package io.millrace.streambinderaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.streambinderaws.consumer.BatchPartlyFailed;
import io.millrace.streambinderaws.consumer.FailureHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.stream.binder.Binder;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Whole applications on the binder, as their users see them. */
class BinderApplicationTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String queue = "app-" + NUMBER.incrementAndGet();
    @RegisterExtension private final Applications applications = new Applications();

    @Test
    void aMessageGoesThroughAFunctionFromQueueToQueue() {
        applications.start(
                "spring.cloud.function.definition=shout",
                "spring.cloud.stream.bindings.shout-in-0.destination=" + queue,
                "spring.cloud.stream.bindings.shout-out-0.destination=" + queue + "-out");
        Cloud.send(queue, "quiet");

        var message = Cloud.take(queue + "-out");

        assertThat(message.body()).isEqualTo("QUIET");
        assertThat(message.messageAttributes().get("contentType").stringValue())
                .isEqualTo("application/json");
        await().untilAsserted(() -> assertThat(Applications.left(queue)).isZero());
    }

    @Test
    void theBinderNeedsNoContextOfItsOwn() {
        var context = applications.start();
        assertThat(context.getBeansOfType(Binder.class)).containsOnlyKeys("awsMessageBinder");
    }

    @Test
    void besideAnotherBinderItHasAContextOfItsOwn() {
        var seen = new LinkedBlockingQueue<String>();
        App.handler = message -> seen.add(text(message));
        var context =
                applications.start(
                        "spring.cloud.function.definition=handle",
                        "spring.cloud.stream.bindings.handle-in-0.destination=" + queue,
                        "spring.cloud.stream.binders.mine.type=aws");
        assertThat(context.getBeansOfType(Binder.class)).isEmpty();
        Cloud.send(queue, "one");
        assertThat(next(seen)).isEqualTo("one");
    }

    @Test
    void aMissingQueueStopsTheStartAndSaysWhatToDo() {
        assertThatThrownBy(() ->
                        applications.start(
                                "spring.cloud.function.definition=handle",
                                "spring.cloud.stream.aws.binder.provisioning=validate",
                                "spring.cloud.stream.binding-retry-interval=0",
                                "spring.cloud.stream.bindings.handle-in-0.destination=" + queue))
                .rootCause()
                .hasMessageContaining("there is no queue '%s'".formatted(queue))
                .hasMessageContaining("provisioning=create");
    }

    @Test
    void aQueueIsCreatedWithDeadLettersIfTheBindingWantsThem() {
        applications.start(
                "spring.cloud.function.definition=handle",
                "spring.cloud.stream.bindings.handle-in-0.destination=" + queue,
                "spring.cloud.stream.aws.default.consumer.auto-bind-dlq=true",
                "spring.cloud.stream.aws.bindings.handle-in-0.consumer.max-receive-count=3");
        assertThat(Cloud.attribute(Cloud.url(queue), QueueAttributeName.REDRIVE_POLICY))
                .contains(queue + "-dlq")
                .contains("3");
    }

    @Test
    void aFailedMessageComesBackUntilItIsHandled() {
        var attempts = new AtomicInteger();
        App.handler =
                _ -> {
                    if (attempts.incrementAndGet() < 2) {
                        throw new IllegalStateException("not yet");
                    }
                };
        applications.start(
                "spring.cloud.function.definition=handle",
                "spring.cloud.stream.bindings.handle-in-0.destination=" + queue);
        Cloud.send(queue, "stubborn");
        await().untilAsserted(() -> {
            assertThat(attempts).hasValue(2);
            assertThat(Applications.left(queue)).isZero();
        });
    }

    @Test
    void theLastFailureSendsTheMessageWholeToTheDeadLettersWithItsReason() {
        Cloud.createWithDeadLetters(queue, 1);
        App.handler =
                _ -> {
                    throw new IllegalStateException("never \u0000");
                };
        applications.start(
                "spring.cloud.function.definition=handle",
                "spring.cloud.stream.bindings.handle-in-0.destination=" + queue);
        Cloud.send(queue, "poison");

        var letter = Cloud.take(queue + "-dlq");

        assertThat(letter.body()).isEqualTo("poison");
        assertThat(attribute(letter, FailureHeaders.ORIGINAL_QUEUE)).isEqualTo(queue);
        assertThat(attribute(letter, FailureHeaders.EXCEPTION_TYPE))
                .isEqualTo(IllegalStateException.class.getName());
        assertThat(attribute(letter, FailureHeaders.EXCEPTION_MESSAGE)).startsWith("never");
        assertThat(attribute(letter, FailureHeaders.RECEIVE_COUNT)).isEqualTo("1");
        await().untilAsserted(() -> assertThat(Applications.left(queue)).isZero());
    }

    @Test
    void anExceptionThatTryingAgainDoesNotChangeIsFinalAtOnce() {
        Cloud.createWithDeadLetters(queue, 5);
        App.handler =
                _ -> {
                    throw new IllegalStateException(new IllegalArgumentException("malformed"));
                };
        applications.start(
                "spring.cloud.function.definition=handle",
                "spring.cloud.stream.bindings.handle-in-0.destination=" + queue,
                "spring.cloud.stream.aws.bindings.handle-in-0.consumer.dead-letter-on="
                        + IllegalArgumentException.class.getName());
        Cloud.send(queue, "malformed");
        assertThat(attribute(Cloud.take(queue + "-dlq"), FailureHeaders.RECEIVE_COUNT))
                .isEqualTo("1");
    }

    @Test
    void onlyWhatFailedOfABatchIsDeliveredAgain() {
        Map<String, Integer> deliveries = new ConcurrentHashMap<>();
        App.batchHandler =
                batch -> {
                    var failures = new ConcurrentHashMap<Integer, Throwable>();
                    for (var place = 0; place < batch.size(); place++) {
                        var text = new String(batch.get(place), StandardCharsets.UTF_8);
                        if (deliveries.merge(text, 1, Integer::sum) == 1 && text.equals("bad")) {
                            failures.put(place, new IllegalStateException("bad"));
                        }
                    }
                    if (!failures.isEmpty()) {
                        throw BatchPartlyFailed.at(failures);
                    }
                };
        Cloud.create(queue, Map.of());
        for (var text : List.of("good", "bad", "better")) {
            Cloud.send(queue, text);
        }
        applications.start(
                "spring.cloud.function.definition=handleAll",
                "spring.cloud.stream.bindings.handleAll-in-0.destination=" + queue,
                "spring.cloud.stream.bindings.handleAll-in-0.consumer.batch-mode=true");
        await().untilAsserted(() -> {
            assertThat(deliveries)
                    .containsOnly(
                            Map.entry("good", 1), Map.entry("bad", 2), Map.entry("better", 1));
            assertThat(Applications.left(queue)).isZero();
        });
    }

    @Test
    void aMessageStaysHiddenWhileItsHandlerRunsLongerThanTheVisibilityTimeout() throws Exception {
        var handled = new AtomicInteger();
        var release = new CountDownLatch(1);
        App.handler =
                _ -> {
                    handled.incrementAndGet();
                    awaitUninterruptibly(release);
                };
        applications.start(
                "spring.cloud.function.definition=handle",
                "spring.cloud.stream.bindings.handle-in-0.destination=" + queue,
                "spring.cloud.stream.bindings.handle-in-0.consumer.concurrency=5",
                "spring.cloud.stream.aws.bindings.handle-in-0.consumer.visibility-timeout=2s");
        Cloud.send(queue, "slow");
        await().untilAtomic(handled, org.hamcrest.Matchers.is(1));
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(6))
                .until(() -> handled.get() == 1);
        release.countDown();
        await().untilAsserted(() -> assertThat(Applications.left(queue)).isZero());
        assertThat(handled).hasValue(1);
    }

    @Test
    void aCollectionSentAtOnceArrivesWhole() {
        var seen = ConcurrentHashMap.<String>newKeySet();
        App.handler = message -> seen.add(text(message));
        var context =
                applications.start(
                        "spring.cloud.function.definition=handle",
                        "spring.cloud.stream.output-bindings=many-out-0",
                        "spring.cloud.stream.bindings.many-out-0.destination=" + queue,
                        "spring.cloud.stream.bindings.many-out-0.producer.use-native-encoding=true",
                        "spring.cloud.stream.bindings.handle-in-0.destination=" + queue,
                        "spring.cloud.stream.bindings.handle-in-0.consumer.concurrency=10");
        var expected = new HashSet<String>();
        for (var number = 0; number < 95; number++) {
            expected.add("item " + number);
        }
        context.getBean(StreamBridge.class).send("many-out-0", List.copyOf(expected));
        await().untilAsserted(() -> assertThat(seen).isEqualTo((Set<String>) expected));
    }

    @Test
    void aFifoQueueKeepsTheOrderOfAGroupAndDropsDuplicates() {
        var seen = new LinkedBlockingQueue<String>();
        App.handler = message -> seen.add(text(message));
        var fifo = queue + ".fifo";
        var context =
                applications.start(
                        "spring.cloud.function.definition=handle",
                        "spring.cloud.stream.output-bindings=ordered-out-0",
                        "spring.cloud.stream.bindings.ordered-out-0.destination=" + fifo,
                        "spring.cloud.stream.bindings.handle-in-0.destination=" + fifo,
                        "spring.cloud.stream.bindings.handle-in-0.consumer.concurrency=10");
        var bridge = context.getBean(StreamBridge.class);
        for (var number : List.of("1", "2", "2", "3", "4", "5")) {
            bridge.send(
                    "ordered-out-0",
                    MessageBuilder.withPayload(number)
                            .setHeader("Sqs_Msa_MessageGroupId", "group")
                            .setHeader("Sqs_Msa_MessageDeduplicationId", number)
                            .build());
        }
        for (var number : List.of("1", "2", "3", "4", "5")) {
            assertThat(next(seen)).isEqualTo(number);
        }
        assertThat(seen).isEmpty();
        assertThatThrownBy(() -> bridge.send("ordered-out-0", "no group"))
                .rootCause()
                .hasMessageContaining("Sqs_Msa_MessageGroupId");
    }

    private static String text(Message<byte[]> message) {
        return new String(message.getPayload(), StandardCharsets.UTF_8);
    }

    private static String next(BlockingQueue<String> seen) {
        try {
            return seen.poll(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String attribute(
            software.amazon.awssdk.services.sqs.model.Message message, String name) {
        return message.messageAttributes().get(name).stringValue();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {

        static volatile Consumer<Message<byte[]>> handler = _ -> {};
        static volatile Consumer<List<byte[]>> batchHandler = _ -> {};

        @Bean
        Function<String, String> shout() {
            return text -> text.toUpperCase(java.util.Locale.ROOT);
        }

        @Bean
        Consumer<Message<byte[]>> handle() {
            return message -> handler.accept(message);
        }

        @Bean
        Consumer<List<byte[]>> handleAll() {
            return batch -> batchHandler.accept(batch);
        }
    }
}
