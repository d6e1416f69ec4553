package io.millrace.lambdaadapter;

import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Sends a function's spans where {@code management.opentelemetry.tracing.export.otlp.endpoint} says
 * so. Conditions are settled when a function is packed, for whoever deploys it: whether there is an
 * endpoint is asked at start, and without one these beans are {@code null} and nothing else is
 * loaded.
 */
@AutoConfiguration
// By name: a class would be loaded at each start, with the annotation.
@ConditionalOnClass(
        name = {
            "io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer"
        })
@Profile(LambdaAutoConfiguration.PROFILE)
class LambdaTracesAutoConfiguration {

    private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    @Bean
    @Nullable SpanExporter functionSpanExporter(Environment environment) {
        return isWanted(environment) ? CollectorExporter.of(environment) : null;
    }

    @Bean
    @Nullable BeforeFreeze spansFlushed(
            Environment environment, ObjectProvider<SdkTracerProvider> provider) {
        return isWanted(environment) ? new SpanFlush(provider.getObject()) : null;
    }

    /** For those who make ids of their own of some spans, too. */
    @Bean
    @Nullable IdGenerator functionSpanIds(Environment environment) {
        return isWanted(environment) ? new UniqueIds() : null;
    }

    /** Before the service's own. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @Nullable SdkTracerProviderBuilderCustomizer functionSpans(
            Environment environment, ObjectProvider<IdGenerator> ids) {
        return isWanted(environment)
                ? builder ->
                        builder.addResource(FunctionResource.of(environment))
                                .setIdGenerator(ids.getObject())
                : null;
    }

    /** A template may set the variable to nothing. */
    private static boolean isWanted(Environment environment) {
        return StringUtils.hasText(environment.getProperty(ENDPOINT));
    }
}
