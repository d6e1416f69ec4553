package io.millrace.streambinderaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.streambinderaws.BinderApplicationTests.App;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** An application that stops finishes what it holds, or returns it. */
class StoppingTests {

    /** Less than any time-out that a stop could run into. */
    private static final Duration QUICK = Duration.ofSeconds(5);

    private static final String TEN_AT_ONCE =
            "spring.cloud.stream.bindings.handle-in-0.consumer.concurrency=10";
    private static final String POLL_SHUTDOWN_TIMEOUT =
            "spring.cloud.stream.aws.binder.poll-shutdown-timeout=";

    @RegisterExtension private final Applications applications = new Applications();
    private final String queue = "stopping-" + UUID.randomUUID();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void aMessageHandledJustBeforeTheStopIsGoneAndTheStopIsQuick() throws Exception {
        App.handler = _ -> started.countDown();
        var application = start(queue, TEN_AT_ONCE);
        Cloud.send(queue, "last");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(timeToClose(application)).isLessThan(QUICK);
        assertThat(Applications.left(queue)).isZero();
    }

    @Test
    void manyMessagesHandledJustBeforeTheStopAreGone() throws Exception {
        var handled = new AtomicInteger();
        App.handler = _ -> handled.incrementAndGet();
        var application = start(queue, TEN_AT_ONCE);
        for (var number = 0; number < 27; number++) {
            Cloud.send(queue, "message " + number);
        }
        await().until(() -> handled.get() == 27);
        assertThat(timeToClose(application)).isLessThan(QUICK);
        assertThat(Applications.left(queue)).isZero();
    }

    @Test
    void aHandlerThatRunsIsWaitedForAndItsMessageIsGone() throws Exception {
        App.handler = _ -> holdUntilReleased();
        var application = start(queue);
        Cloud.send(queue, "last");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        var closing = Thread.ofVirtual().start(application::close);
        assertThat(closing.join(Duration.ofMillis(300))).isFalse();
        release.countDown();
        assertThat(closing.join(QUICK)).isTrue();
        assertThat(Applications.left(queue)).isZero();
    }

    @Test
    void whatIsNotDoneInTimeIsVisibleAgainAtOnce() throws Exception {
        App.handler = _ -> holdUntilReleased();
        var application =
                start(
                        queue,
                        "spring.cloud.stream.aws.bindings.handle-in-0.consumer.shutdown-timeout=1s");
        Cloud.send(queue, "endless");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(timeToClose(application)).isBetween(Duration.ofMillis(900), QUICK);
        // The queue would hide it for 30 seconds.
        assertThat(Cloud.take(queue).body()).isEqualTo("endless");
        release.countDown();
    }

    @Test
    void aHandlerThatIsNoLongerWaitedForIsNotInterrupted() throws Exception {
        var ended = new CompletableFuture<Void>();
        App.handler =
                _ -> {
                    try {
                        holdUntilReleased();
                        ended.complete(null);
                    } catch (IllegalStateException e) {
                        ended.completeExceptionally(e);
                    }
                };
        var application =
                start(
                        queue,
                        "spring.cloud.stream.aws.bindings.handle-in-0.consumer.shutdown-timeout=100ms");
        Cloud.send(queue, "long");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(timeToClose(application)).isLessThan(QUICK);
        release.countDown();
        assertThat(ended).succeedsWithin(QUICK);
    }

    @Test
    void aMessageThatComesToThePollOfAStoppedConsumerIsReceivedByTheNextOneAtOnce() {
        stopBinding(startAndPoll());
        Cloud.send(queue, "late");
        // The queue would hide it for 30 seconds.
        assertThat(Cloud.take(queue))
                .returns("late", Message::body)
                .returns("2", StoppingTests::receiveCount);
    }

    @Test
    void messagesOfAGroupThatComeToThePollOfAStoppedConsumerKeepTheirOrder() {
        var fifo = queue + ".fifo";
        Cloud.create(fifo, Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        stopBinding(startAndPoll(fifo, () -> Cloud.sendInOrder(fifo, "early", "group")));
        Cloud.sendInOrder(fifo, "first", "group");
        Cloud.sendInOrder(fifo, "second", "group");
        assertThat(Cloud.take(fifo).body()).isEqualTo("first");
        assertThat(Cloud.take(fifo).body()).isEqualTo("second");
    }

    @Test
    void aConsumerThatIsStartedAgainReceivesWhatComesToItsLastPoll() {
        var application = startAndPoll("spring.cloud.stream.bindings.handle-in-0.group=stopping");
        var received = new CountDownLatch(1);
        App.handler = _ -> received.countDown();
        stopBinding(application);
        application.getBean(BindingsLifecycleController.class).start("handle-in-0");
        Cloud.send(queue, "late");
        await().until(() -> received.getCount() == 0);
    }

    @Test
    void anApplicationThatEndsWaitsForItsPollsAsLongAsItIsToldTo() throws Exception {
        var application = startAndPoll(POLL_SHUTDOWN_TIMEOUT + "20s");
        var closing = Thread.ofVirtual().start(application::close);
        assertThat(closing.join(Duration.ofMillis(500))).isFalse();
        Cloud.send(queue, "late");
        assertThat(closing.join(QUICK)).isTrue();
        assertThat(Cloud.take(queue))
                .returns("late", Message::body)
                .returns("2", StoppingTests::receiveCount);
    }

    @Test
    void anApplicationThatEndsWaitsForItsPollsNoLongerThanItIsToldTo() throws Exception {
        var application = startAndPoll(POLL_SHUTDOWN_TIMEOUT + "1s");
        assertThat(timeToClose(application)).isBetween(Duration.ofMillis(900), QUICK);
    }

    private static String receiveCount(Message message) {
        return String.valueOf(
                message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
    }

    /** An application whose poll waits at the queue, which is empty. */
    private ConfigurableApplicationContext startAndPoll(String... more) {
        return startAndPoll(queue, () -> Cloud.send(queue, "early"), more);
    }

    private ConfigurableApplicationContext startAndPoll(
            String destination, Runnable early, String... more) {
        var handled = new CountDownLatch(1);
        App.handler = _ -> handled.countDown();
        var application = start(destination, more);
        early.run();
        await().until(() -> handled.getCount() == 0);
        // The next poll begins before the message is deleted, which takes a second.
        await().until(() -> Applications.left(destination) == 0);
        return application;
    }

    private static void stopBinding(ConfigurableApplicationContext application) {
        application.getBean(BindingsLifecycleController.class).stop("handle-in-0");
    }

    private ConfigurableApplicationContext start(String destination, String... more) {
        return applications.start(
                Stream.concat(
                                Stream.of(
                                        "spring.cloud.function.definition=handle",
                                        "spring.cloud.stream.bindings.handle-in-0.destination="
                                                + destination),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private static Duration timeToClose(ConfigurableApplicationContext application) {
        var start = Instant.now();
        application.close();
        return Duration.between(start, Instant.now());
    }

    private void holdUntilReleased() {
        started.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
