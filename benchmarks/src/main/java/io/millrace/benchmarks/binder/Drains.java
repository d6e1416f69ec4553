package io.millrace.benchmarks.binder;

import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.listener.MessageListenerContainerRegistry;
import io.awspring.cloud.sqs.operations.SqsTemplate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.support.MessageBuilder;

/** Two ways from a queue to a handler that only counts, and two ways to a queue. */
final class Drains {

    static final String BINDING = "count-in-0";
    static final String OUTPUT = "many-out-0";

    private Drains() {}

    /** A way, and what it is called in the figures. */
    interface Way {

        void start();

        void stop();

        int handled();

        void send(String queue, List<String> ten);
    }

    /** A function on the binder. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class OnBinder {

        private final AtomicInteger handled = new AtomicInteger();

        @Bean
        Consumer<String> count() {
            return _ -> handled.incrementAndGet();
        }

        @Bean
        AtomicInteger handled() {
            return handled;
        }
    }

    /** A method with Spring Cloud AWS's annotation. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class OnListener {

        private final AtomicInteger handled = new AtomicInteger();

        @SqsListener(
                id = BINDING,
                queueNames = "${queue}",
                maxConcurrentMessages = "${concurrency}",
                maxMessagesPerPoll = "10",
                pollTimeoutSeconds = "1")
        void count(String text) {
            handled.incrementAndGet();
        }

        @Bean
        AtomicInteger handled() {
            return handled;
        }
    }

    static Way binder(ConfigurableApplicationContext context) {
        var bindings = context.getBean(BindingsLifecycleController.class);
        var bridge = context.getBean(StreamBridge.class);
        var handled = context.getBean(AtomicInteger.class);
        return new Way() {
            @Override
            public void start() {
                bindings.changeState(BINDING, State.STARTED);
            }

            @Override
            public void stop() {
                bindings.changeState(BINDING, State.STOPPED);
            }

            @Override
            public int handled() {
                return handled.get();
            }

            @Override
            public void send(String queue, List<String> ten) {
                bridge.send(OUTPUT, ten);
            }
        };
    }

    static Way listener(ConfigurableApplicationContext context) {
        var container =
                Objects.requireNonNull(
                        context.getBean(MessageListenerContainerRegistry.class)
                                .getContainerById(BINDING));
        var template = context.getBean(SqsTemplate.class);
        var handled = context.getBean(AtomicInteger.class);
        return new Way() {
            @Override
            public void start() {
                container.start();
            }

            @Override
            public void stop() {
                container.stop();
            }

            @Override
            public int handled() {
                return handled.get();
            }

            @Override
            public void send(String queue, List<String> ten) {
                template.sendMany(
                        queue,
                        ten.stream()
                                .map(text -> MessageBuilder.withPayload(text).build())
                                .toList());
            }
        };
    }
}
