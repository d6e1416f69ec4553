package io.millrace.lambdaadapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import io.millrace.lambdaadapter.OtlpReceiver.Received;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.function.adapter.aws.AWSLambdaUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a function has traced is with the collector before AWS has its answer. */
@ExtendWith(OutputCaptureExtension.class)
class InvocationSpansTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String DONE = "{\"done\":true}";

    private final ApplicationContextRunner function =
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    OpenTelemetrySdkAutoConfiguration.class,
                                    OpenTelemetryTracingAutoConfiguration.class,
                                    LambdaTracesAutoConfiguration.class))
                    .withPropertyValues(
                            "spring.profiles.active=lambda",
                            "management.tracing.sampling.probability=1.0",
                            "spring.application.name=transform-load",
                            "AWS_LAMBDA_FUNCTION_NAME=millrace-load",
                            "AWS_LAMBDA_FUNCTION_VERSION=7");

    @Test
    void areAtTheCollectorBeforeTheAnswer() {
        try (var collector = OtlpReceiver.start()) {
            sendingTo(collector)
                    .run(context -> {
                        assertThat(invoke(context, TIMEOUT).text()).isEqualTo(DONE);
                        assertThat(collector.spans())
                                .extracting(Received::name)
                                .containsExactly("work");
                        invoke(context, TIMEOUT);
                        assertThat(collector.spans())
                                .extracting(Received::name)
                                .containsExactly("work", "work");
                    });
        }
    }

    @Test
    void sayWhichFunctionOfWhichServiceMadeThem() {
        try (var collector = OtlpReceiver.start()) {
            sendingTo(collector)
                    .run(context -> {
                        invoke(context, TIMEOUT);
                        assertThat(collector.spans().getFirst().resource())
                                .containsEntry("service.name", "transform-load")
                                .containsEntry("faas.name", "millrace-load")
                                .containsEntry("faas.version", "7");
                    });
        }
    }

    @Test
    void areSentWithTheHeadersThatTheCollectorWants() {
        try (var collector = OtlpReceiver.start()) {
            sendingTo(collector)
                    .withPropertyValues(
                            "management.opentelemetry.tracing.export.otlp.headers.x-key=secret",
                            "management.opentelemetry.tracing.export.otlp.compression=gzip")
                    .run(context -> {
                        invoke(context, TIMEOUT);
                        assertThat(collector.header("x-key")).isEqualTo("secret");
                        assertThat(collector.header("content-encoding")).isEqualTo("gzip");
                    });
        }
    }

    @Test
    void ofAnInvocationThatFailedAreSentToo() {
        try (var collector = OtlpReceiver.start()) {
            sendingTo(collector)
                    .run(context -> {
                        assertThatThrownBy(() -> invoke(context, TIMEOUT, new Fails()))
                                .hasMessage("no");
                        assertThat(collector.spans())
                                .extracting(Received::name)
                                .containsExactly("work");
                    });
        }
    }

    @Test
    void areSentOnceOtherThreadsHaveEndedTheirWork() {
        try (var collector = OtlpReceiver.start()) {
            sendingTo(collector)
                    .withBean("atRest", BeforeFreeze.class, () -> mock(BeforeFreeze.class))
                    .run(context -> {
                        var order = context.getBeanProvider(BeforeFreeze.class).orderedStream();
                        assertThat(order.toList()).last().isInstanceOf(SpanFlush.class);
                    });
        }
    }

    @Test
    void holdUpNoInvocationBeyondTheBoundWhereTheCollectorDoesNotAnswer(CapturedOutput output) {
        try (var collector = OtlpReceiver.silent()) {
            sendingTo(collector)
                    .run(context -> {
                        for (var invocation = 0; invocation < 2; invocation++) {
                            var answer = invoke(context, TIMEOUT);
                            assertThat(answer.text()).isEqualTo(DONE);
                            assertThat(answer.after()).isLessThan(SpanFlush.BOUND.plusSeconds(1));
                        }
                    });
        }
        assertThat(output).containsOnlyOnce("spans do not reach");
    }

    @Test
    void leaveTheTimeThatAnAnswerNeeds() {
        try (var collector = OtlpReceiver.silent()) {
            sendingTo(collector)
                    .run(context -> {
                        assertThat(invoke(context, Duration.ofMillis(700)).after())
                                .isLessThan(SpanFlush.BOUND.minusMillis(500));
                    });
        }
    }

    @Test
    void failNoInvocationWhereTheCollectorIsGoneAndSayItOnce(CapturedOutput output) {
        var collector = OtlpReceiver.start();
        collector.close();
        sendingTo(collector)
                .run(context -> {
                    assertThat(invoke(context, TIMEOUT).text()).isEqualTo(DONE);
                    assertThat(invoke(context, TIMEOUT).text()).isEqualTo(DONE);
                });
        assertThat(output).containsOnlyOnce("spans do not reach");
        assertThat(output).doesNotContain("Failed to export");
    }

    @Test
    void goNowhereWithoutAnEndpoint() {
        function.run(InvocationSpansTests::nothingIsSent);
        // As a template sets it that leaves the parameter empty.
        function.withPropertyValues("management.opentelemetry.tracing.export.otlp.endpoint=")
                .run(InvocationSpansTests::nothingIsSent);
    }

    @Test
    void haveIdsThatNoSnapshotRepeatsAndLeaveThoseThatTheServiceMakes() {
        try (var collector = OtlpReceiver.start()) {
            sendingTo(collector)
                    .withBean(
                            "givenIds",
                            SdkTracerProviderBuilderCustomizer.class,
                            () -> builder -> builder.setIdGenerator(new Given()))
                    .run(context -> {
                        assertThat(context)
                                .getBean(IdGenerator.class)
                                .isInstanceOf(UniqueIds.class);
                        var span = context.getBean(Tracer.class).spanBuilder("known").startSpan();
                        assertThat(span.getSpanContext().getSpanId()).isEqualTo(Given.SPAN);
                    });
        }
    }

    private static void nothingIsSent(ApplicationContext context) {
        assertThat(context.getBeanProvider(SpanExporter.class).stream()).isEmpty();
        assertThat(context.getBeanProvider(BeforeFreeze.class).orderedStream()).isEmpty();
        assertThat(invoke(context, TIMEOUT).text()).isEqualTo(DONE);
    }

    private ApplicationContextRunner sendingTo(OtlpReceiver collector) {
        return function.withPropertyValues(
                "management.opentelemetry.tracing.export.otlp.endpoint=" + collector.endpoint());
    }

    private static Answer invoke(ApplicationContext context, Duration left) {
        return invoke(context, left, new Does());
    }

    /** An invocation that makes a span and does the work. */
    private static Answer invoke(ApplicationContext context, Duration left, Work work) {
        var tracer = context.getBean(Tracer.class);
        var trigger =
                new LambdaTrigger() {

                    @Override
                    public boolean takes(JsonNode event) {
                        return true;
                    }

                    @Override
                    public Object handle(JsonNode event, Deadline deadline) {
                        var span = tracer.spanBuilder("work").startSpan();
                        try {
                            return work.done();
                        } finally {
                            span.end();
                        }
                    }
                };
        var events =
                new LambdaEvents(
                        List.of(trigger),
                        context.getBeanProvider(BeforeFreeze.class).orderedStream().toList(),
                        JsonMapper.shared());
        var invocation = invocation(left);
        var begin = System.nanoTime();
        var answer = events.handle(invocation).getPayload();
        return new Answer(
                new String(answer, StandardCharsets.UTF_8),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private static Message<InputStream> invocation(Duration left) {
        var aws = mock(Context.class);
        when(aws.getRemainingTimeInMillis()).thenReturn((int) left.toMillis());
        InputStream event = new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));
        return MessageBuilder.withPayload(event).setHeader(AWSLambdaUtils.AWS_CONTEXT, aws).build();
    }

    private record Answer(String text, Duration after) {}

    private record Given() implements IdGenerator {

        private static final String SPAN = "b7ad6b7169203331";

        @Override
        public String generateSpanId() {
            return SPAN;
        }

        @Override
        public String generateTraceId() {
            return "0af7651916cd43dd8448eb211c80319c";
        }
    }

    @FunctionalInterface
    private interface Work {

        Object done();
    }

    private record Does() implements Work {

        @Override
        public Object done() {
            return Map.of("done", true);
        }
    }

    private record Fails() implements Work {

        @Override
        public Object done() {
            throw new IllegalStateException("no");
        }
    }
}
