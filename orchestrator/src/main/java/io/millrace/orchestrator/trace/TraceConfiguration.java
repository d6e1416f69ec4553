package io.millrace.orchestrator.trace;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.wakeup.ExecutionSpans;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TraceConfiguration {

    @Bean
    static SdkTracerProviderBuilderCustomizer givenSpanIds(ObjectProvider<IdGenerator> others) {
        return builder ->
                builder.setIdGenerator(
                        new GivenSpanIds(others.getIfAvailable(IdGenerator::random)));
    }

    /** None where nobody takes them. */
    @Bean
    ExecutionSpans executionSpans(
            ObjectProvider<SpanExporter> exporters, ObjectProvider<Tracer> tracers, Arns arns) {
        return exporters.stream().findAny().isPresent()
                ? new ExportedSpans(tracers.getObject(), arns)
                : ExecutionSpans.NONE;
    }
}
