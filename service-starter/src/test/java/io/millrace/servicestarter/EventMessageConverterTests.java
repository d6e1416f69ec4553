package io.millrace.servicestarter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.InvalidEvent;
import io.millrace.events.TaskFailed;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskResult;
import io.millrace.events.WorkDone;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Events through Spring Cloud Function's own catalogue, as the binder and Lambda use it. */
class EventMessageConverterTests {

    private static final URI SOURCE = URI.create("/tests");
    private static final EventJson JSON = new EventJson();

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withPropertyValues("spring.cloud.stream.enabled=false")
                    .withConfiguration(
                            AutoConfigurations.of(
                                    ContextFunctionCatalogAutoConfiguration.class,
                                    MillraceServiceAutoConfiguration.class))
                    .withUserConfiguration(Functions.class);

    @Configuration(proxyBeanMethods = false)
    static class Functions {
        final List<Event<WorkDone>> seen = new ArrayList<>();

        @Bean
        Function<Event<TaskRequest>, Event<? extends TaskResult>> refuse() {
            return request ->
                    Event.of(
                            request.id(),
                            SOURCE,
                            request.time(),
                            new TaskFailed(request.data().taskToken(), "E", "always"));
        }

        @Bean
        Consumer<List<Event<WorkDone>>> count() {
            return seen::addAll;
        }
    }

    @Test
    void aFunctionTakesAndReturnsEvents() {
        runner.run(context -> {
            var message = apply(context.getBean(FunctionCatalog.class), "refuse", request());
            var answer = JSON.read((byte[]) message.getPayload(), TaskResult.class);
            assertThat(answer.data()).isEqualTo(new TaskFailed("t", "E", "always"));
        });
    }

    @Test
    void whatIsNoEventFailsWithTheReason() {
        runner.run(context ->
                assertThatExceptionOfType(InvalidEvent.class)
                        .isThrownBy(() ->
                                apply(
                                        context.getBean(FunctionCatalog.class),
                                        "refuse",
                                        "{\"no\":1}".getBytes(StandardCharsets.UTF_8)))
                        .withMessageContaining("not a CloudEvents 1.0 document"));
    }

    @Test
    void anEventOfAnotherTypeFailsWithTheReason() {
        var other = JSON.write(Event.of("1", SOURCE, Instant.EPOCH, new WorkDone("j", 1)));
        runner.run(context ->
                assertThatExceptionOfType(InvalidEvent.class)
                        .isThrownBy(() ->
                                apply(context.getBean(FunctionCatalog.class), "refuse", other))
                        .withMessageContaining("TaskRequest"));
    }

    @Test
    void aBatchArrivesAsAListOfEvents() {
        var first = Event.of("j/1", SOURCE, Instant.EPOCH, new WorkDone("j", 1));
        var second = Event.of("j/2", SOURCE, Instant.EPOCH, new WorkDone("j", 2));
        runner.run(context -> {
            Consumer<Message<?>> count =
                    context.getBean(FunctionCatalog.class).lookup(Consumer.class, "count");
            count.accept(
                    MessageBuilder.withPayload(List.of(JSON.write(first), JSON.write(second)))
                            .build());
            assertThat(context.getBean(Functions.class).seen).containsExactly(first, second);
        });
    }

    private static byte[] request() {
        var input = new JsonMapper().readTree("{\"a\":1}");
        return JSON.write(
                Event.of("e/1", SOURCE, Instant.EPOCH, new TaskRequest("t", "arn", "S", 0, input)));
    }

    private static Message<?> apply(FunctionCatalog catalog, String name, byte[] payload) {
        Function<Message<byte[]>, Message<?>> function = catalog.lookup(name, "application/json");
        return function.apply(
                MessageBuilder.withPayload(payload)
                        .setHeader(MessageHeaders.CONTENT_TYPE, "application/json")
                        .build());
    }
}
