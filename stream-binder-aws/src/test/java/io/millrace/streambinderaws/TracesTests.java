package io.millrace.streambinderaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.millrace.streambinderaws.BinderApplicationTests.App;
import io.millrace.streambinderaws.monitoring.BatchSpans;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** A trace goes on from who sends to who handles (W3C Trace Context in message attributes). */
class TracesTests {

    private static final InMemorySpanExporter KEPT = InMemorySpanExporter.create();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @RegisterExtension private final Applications applications = new Applications();
    private final String name = "traced-" + UUID.randomUUID();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void noSpans() {
        KEPT.reset();
    }

    @Test
    void itGoesOnThroughAQueue() throws Exception {
        assertGoesOn("queue");
    }

    @Test
    void itGoesOnThroughATopic() throws Exception {
        assertGoesOn("topic");
    }

    private void assertGoesOn(String destinationType) throws Exception {
        var application =
                applications.start(
                        Traced.class,
                        "spring.cloud.function.definition=handle",
                        "spring.cloud.stream.output-bindings=sent-out-0",
                        "spring.cloud.stream.bindings.sent-out-0.destination=" + name,
                        "spring.cloud.stream.bindings.handle-in-0.destination=" + name,
                        "spring.cloud.stream.bindings.handle-in-0.group=group",
                        "spring.cloud.stream.aws.default.consumer.destination-type="
                                + destinationType,
                        "spring.cloud.stream.aws.default.producer.destination-type="
                                + destinationType);
        var tracer = application.getBean(Tracer.class);
        App.handler = _ -> seen.add(tracer.currentTraceContext().context().traceId());
        var outer = tracer.nextSpan().name("outer").start();
        try (var _ = tracer.withSpan(outer)) {
            application.getBean(StreamBridge.class).send("sent-out-0", "text");
        } finally {
            outer.end();
        }
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(outer.context().traceId());
        await().untilAsserted(() -> {
            var send = span(name + " send");
            assertThat(send.getParentSpanId()).isEqualTo(outer.context().spanId());
            assertThat(spans()).anyMatch(span -> span.getParentSpanId().equals(send.getSpanId()));
        });
    }

    @Test
    void itGoesOnFromWhoeverSetsATraceparent() throws Exception {
        var application =
                applications.start(
                        Traced.class,
                        "spring.cloud.function.definition=handle",
                        "spring.cloud.stream.bindings.handle-in-0.destination=" + name);
        var tracer = application.getBean(Tracer.class);
        App.handler = _ -> seen.add(tracer.currentTraceContext().context().traceId());
        send("text", "00-%s-%s-01".formatted(TRACE, SPAN));
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(TRACE);
        await().untilAsserted(() ->
                assertThat(spans()).anyMatch(span -> span.getParentSpanId().equals(SPAN)));
    }

    @Test
    void itGoesOnWhereSomebodyElseHasReceivedTheMessage() throws Exception {
        Cloud.create(name, Map.of());
        var application =
                applications.start(
                        Traced.class,
                        "spring.cloud.function.definition=handle",
                        "spring.cloud.stream.default.consumer.auto-startup=false",
                        "spring.cloud.stream.bindings.handle-in-0.destination=" + name);
        var tracer = application.getBean(Tracer.class);
        App.handler = _ -> seen.add(tracer.currentTraceContext().context().traceId());
        application
                .getBean(AwsMessageBinder.class)
                .deliver(
                        name,
                        List.of(
                                Message.builder()
                                        .messageId(UUID.randomUUID().toString())
                                        .receiptHandle("1")
                                        .body("text")
                                        .messageAttributes(
                                                traceparent("00-%s-%s-01".formatted(TRACE, SPAN)))
                                        .build()));
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(TRACE);
        assertThat(span(name + " receive").getParentSpanId()).isEqualTo(SPAN);
    }

    @Test
    void aBatchLinksToTheSenderOfEachMessage() {
        Cloud.create(name, Map.of());
        send("a", "00-%s-%s-01".formatted(TRACE, SPAN));
        send("b", "00-%s-%s-01".formatted(TRACE, "1111111111111111"));
        send("c", "nonsense");
        applications.start(
                Traced.class,
                "spring.cloud.function.definition=handleAll",
                "spring.cloud.stream.bindings.handleAll-in-0.destination=" + name,
                "spring.cloud.stream.bindings.handleAll-in-0.consumer.batch-mode=true");
        await().untilAsserted(() ->
                assertThat(
                                spans().stream()
                                        .filter(span -> span.getName().equals(name + " process"))
                                        .flatMap(span -> span.getLinks().stream())
                                        .map(LinkData::getSpanContext))
                        .extracting(context -> context.getTraceId() + " " + context.getSpanId())
                        .containsExactlyInAnyOrder(
                                TRACE + " " + SPAN, TRACE + " 1111111111111111"));
    }

    private void send(String body, String traceparent) {
        Cloud.SQS
                .sendMessage(request ->
                        request.queueUrl(Cloud.url(name))
                                .messageBody(body)
                                .messageAttributes(traceparent(traceparent)))
                .join();
    }

    private static Map<String, MessageAttributeValue> traceparent(String value) {
        return Map.of(
                "traceparent",
                MessageAttributeValue.builder().dataType("String").stringValue(value).build());
    }

    private static List<SpanData> spans() {
        return KEPT.getFinishedSpanItems();
    }

    private static SpanData span(String name) {
        return spans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What Spring Boot's starter for OpenTelemetry sets up, with spans kept here. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(App.class)
    static class Traced {

        private static final ContextPropagators PROPAGATORS =
                ContextPropagators.create(W3CTraceContextPropagator.getInstance());
        private static final io.opentelemetry.api.trace.Tracer OTEL =
                SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(KEPT))
                        .build()
                        .get("test");

        @Bean
        OtelTracer tracer() {
            return new OtelTracer(OTEL, new OtelCurrentTraceContext(), _ -> {});
        }

        @Bean
        ObservationRegistry observations(OtelTracer tracer, BatchSpans batches) {
            var registry = ObservationRegistry.create();
            var propagator = new OtelPropagator(PROPAGATORS, OTEL);
            registry.observationConfig()
                    .observationHandler(
                            new io.micrometer.observation.ObservationHandler
                                    .FirstMatchingCompositeObservationHandler(
                                    batches,
                                    new PropagatingSenderTracingObservationHandler<>(
                                            tracer, propagator),
                                    new PropagatingReceiverTracingObservationHandler<>(
                                            tracer, propagator),
                                    new DefaultTracingObservationHandler(tracer)));
            return registry;
        }
    }
}
