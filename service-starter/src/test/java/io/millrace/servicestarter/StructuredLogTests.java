package io.millrace.servicestarter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.LoadRequest;
import io.millrace.events.TaskRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.json.JsonMapper;

/** What a line of the log says of the event that it is about. */
@ExtendWith(OutputCaptureExtension.class)
class StructuredLogTests {

    private static final String EXECUTION =
            "arn:aws:states:us-east-1:000000000000:execution:image:one";

    @AfterEach
    void forget() {
        MDC.clear();
    }

    @Test
    void inContainersALineIsJsonThatNamesEventAndExecution(CapturedOutput output) {
        logOneLine("ecs");
        var line =
                JsonMapper.shared()
                        .readTree(
                                output.getOut()
                                        .lines()
                                        .filter(each -> each.contains("it happens"))
                                        .findFirst()
                                        .orElseThrow());
        assertThat(line.path("message").asString()).isEqualTo("it happens");
        assertThat(line.path("eventId").asString()).isEqualTo("event/1");
        assertThat(line.path("executionArn").asString()).isEqualTo(EXECUTION);
    }

    @Test
    void elsewhereALineIsForPeople(CapturedOutput output) {
        logOneLine("");
        assertThat(output.getOut().lines().filter(each -> each.contains("it happens")))
                .singleElement()
                .satisfies(line -> assertThat(line).doesNotStartWith("{").contains("INFO"));
    }

    @Test
    void anEventOfNoExecutionIsNotLoggedAsOneOfTheExecutionBefore() {
        receive();
        receive(
                Event.of(
                        "event/2",
                        URI.create("/tests"),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        new LoadRequest("record", JsonMapper.shared().createObjectNode())));
        assertThat(MDC.getCopyOfContextMap()).containsExactly(Map.entry("eventId", "event/2"));
    }

    private static void logOneLine(String format) {
        var application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (var _ =
                application.run(
                        "--spring.main.banner-mode=off",
                        "--spring.cloud.stream.enabled=false",
                        "--logging.structured.format.console=" + format)) {
            receive();
            LoggerFactory.getLogger(StructuredLogTests.class).info("it happens");
        }
    }

    private static void receive() {
        receive(
                Event.of(
                        "event/1",
                        URI.create("/tests"),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        new TaskRequest(
                                "token",
                                EXECUTION,
                                "State",
                                0,
                                JsonMapper.shared().createObjectNode())));
    }

    private static void receive(Event<?> event) {
        var json = new EventJson();
        assertThat(
                        new EventMessageConverter(json, Optional::empty)
                                .fromMessage(
                                        MessageBuilder.withPayload(json.write(event)).build(),
                                        Event.class))
                .isEqualTo(event);
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}
}
