package io.millrace.streambinderaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.streambinderaws.BinderApplicationTests.App;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that stops finishes what it holds, or returns it. */
class StoppingTests {

    /** Less than any time-out that a stop could run into. */
    private static final Duration QUICK = Duration.ofSeconds(5);

    @RegisterExtension private final Applications applications = new Applications();
    private final String queue = "stopping-" + UUID.randomUUID();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void aMessageHandledJustBeforeTheStopIsGoneAndTheStopIsQuick() throws Exception {
        App.handler = _ -> started.countDown();
        var application = start("concurrency=10");
        Cloud.send(queue, "last");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(timeToClose(application)).isLessThan(QUICK);
        assertThat(Applications.left(queue)).isZero();
    }

    @Test
    void manyMessagesHandledJustBeforeTheStopAreGone() throws Exception {
        var handled = new AtomicInteger();
        App.handler = _ -> handled.incrementAndGet();
        var application = start("concurrency=10");
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
        var application = start("concurrency=1");
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
        var application = start("concurrency=1", "shutdown-timeout=1s");
        Cloud.send(queue, "endless");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(timeToClose(application)).isBetween(Duration.ofMillis(900), QUICK);
        // The queue would hide it for 30 seconds.
        assertThat(Cloud.take(queue).body()).isEqualTo("endless");
        release.countDown();
    }

    private ConfigurableApplicationContext start(String concurrency) {
        return start(concurrency, "shutdown-timeout=20s");
    }

    private ConfigurableApplicationContext start(String concurrency, String own) {
        return applications.start(
                "spring.cloud.function.definition=handle",
                "spring.cloud.stream.bindings.handle-in-0.destination=" + queue,
                "spring.cloud.stream.bindings.handle-in-0.consumer." + concurrency,
                "spring.cloud.stream.aws.bindings.handle-in-0.consumer." + own);
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
