package io.millrace.streambinderaws;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.millrace.streambinderaws.monitoring.BatchSpans;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** Links the span of a batch to the spans of its messages where an application has traces. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration"
        })
@ConditionalOnClass(TracingObservationHandler.class)
public final class AwsBinderTracingAutoConfiguration {

    /** Before Micrometer's own handlers, the last of which takes any observation. */
    private static final int FIRST = 0;

    @Bean
    @Order(FIRST)
    @ConditionalOnBean(Tracer.class)
    static BatchSpans awsBatchSpans(Tracer tracer) {
        return new BatchSpans(tracer);
    }
}
