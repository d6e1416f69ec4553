package io.millrace.streambinderaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.streambinderaws.BinderApplicationTests.App;
import io.millrace.streambinderaws.monitoring.AwsBinderHealthIndicator;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Health and metrics of each binding. */
class MonitoringTests {

    @RegisterExtension private final Applications applications = new Applications();
    private final String queue = "monitored-" + UUID.randomUUID();

    @Test
    void healthTellsOfEachBinding() {
        var health = health(start("group=readers"));
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsExactly(
                        Map.entry(
                                "handle-in-0",
                                Map.of(
                                        "queue",
                                        queue,
                                        "group",
                                        "readers",
                                        "running",
                                        true,
                                        "inFlight",
                                        0)));
    }

    @Test
    void healthIsDownWhileTheQueueIsGoneAndUpWhenItIsBack() {
        var application = start("concurrency=1");
        Cloud.SQS.deleteQueue(request -> request.queueUrl(Cloud.url(queue))).join();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    assertThat(health(application).getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health(application).getDetails().get("handle-in-0").toString())
                            .contains(queue)
                            .contains("error=");
                });
        Cloud.create(queue, Map.of());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> health(application).getStatus().equals(Status.UP));
    }

    @Test
    void healthIsDownWhileABindingIsNotBoundAndUpOnceItIs() {
        var application =
                start(
                        "concurrency=1",
                        "spring.cloud.stream.aws.binder.provisioning=validate",
                        "spring.cloud.stream.binding-retry-interval=1");
        assertThat(health(application).getStatus()).isEqualTo(Status.DOWN);
        assertThat(health(application).getDetails().get("handle-in-0").toString())
                .contains("there is no queue '%s'".formatted(queue));
        Cloud.create(queue, Map.of());
        await().until(() -> health(application).getStatus().equals(Status.UP));
    }

    @Test
    void metricsCountMessagesByBindingGroupQueueAndOutcome() {
        App.handler =
                message -> {
                    if (new String(message.getPayload(), java.nio.charset.StandardCharsets.UTF_8)
                            .equals("poison")) {
                        throw new IllegalStateException("poison");
                    }
                };
        Cloud.createWithDeadLetters(queue, 1);
        var registry = start("group=readers").getBean(MeterRegistry.class);
        Cloud.send(queue, "good");
        Cloud.send(queue, "poison");
        await().untilAsserted(() -> {
            assertThat(count(registry, "handled")).isEqualTo(1);
            assertThat(count(registry, "dead-lettered")).isEqualTo(1);
        });
        assertThat(
                        registry.get("spring.cloud.stream.aws.in.flight")
                                .tag("binding", "handle-in-0")
                                .gauge()
                                .value())
                .isZero();
        assertThat(calls(registry, "none")).isEqualTo(1);
        assertThat(calls(registry, "IllegalStateException")).isEqualTo(1);
        assertThat(registry.get("spring.cloud.stream.aws.waited").timer().count()).isEqualTo(2);
    }

    private static long calls(MeterRegistry registry, String error) {
        return registry.get("spring.cloud.stream.aws.handler")
                .tags("binding", "handle-in-0", "error", error)
                .timer()
                .count();
    }

    @Test
    void metricsShowWhatTheConsumedQueueHoldsAndTheDeadLettersThatNobodyConsumes() {
        App.handler =
                _ -> {
                    throw new IllegalStateException("poison");
                };
        Cloud.createWithDeadLetters(queue, 1);
        var deadLetters = queue + "-dlq";
        var registry =
                start(
                                "group=readers",
                                "spring.cloud.stream.aws.binder.measured-queues=" + deadLetters)
                        .getBean(MeterRegistry.class);
        Cloud.send(queue, "poison");
        await().untilAsserted(() -> assertThat(count(registry, "dead-lettered")).isEqualTo(1));
        assertThat(depth(registry, deadLetters, "waiting")).isEqualTo(1);
        assertThat(depth(registry, deadLetters, "delayed")).isZero();
        assertThat(depth(registry, queue, "waiting")).isZero();
    }

    private static double depth(MeterRegistry registry, String queue, String state) {
        return registry.get("spring.cloud.stream.aws.queue.messages")
                .tags("queue", queue, "state", state)
                .gauge()
                .value();
    }

    private double count(MeterRegistry registry, String outcome) {
        return registry.get("spring.cloud.stream.aws.messages")
                .tags(
                        "binding",
                        "handle-in-0",
                        "group",
                        "readers",
                        "queue",
                        queue,
                        "outcome",
                        outcome)
                .functionCounter()
                .count();
    }

    private static Health health(ConfigurableApplicationContext application) {
        return application.getBean(AwsBinderHealthIndicator.class).health();
    }

    private ConfigurableApplicationContext start(String consumer, String... more) {
        var prefix =
                "spring.cloud.stream.bindings.handle-in-0."
                        + (consumer.startsWith("group") ? "" : "consumer.");
        var properties =
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(
                                        "spring.cloud.function.definition=handle",
                                        "spring.cloud.stream.bindings.handle-in-0.destination="
                                                + queue,
                                        prefix + consumer,
                                        "spring.cloud.stream.aws.default.consumer.wait-time=1s"),
                                java.util.Arrays.stream(more))
                        .toArray(String[]::new);
        return applications.start(Measured.class, properties);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(App.class)
    static class Measured {

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }
}
