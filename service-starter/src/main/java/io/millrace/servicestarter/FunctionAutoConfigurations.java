package io.millrace.servicestarter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out, on AWS Lambda, the auto-configurations of what nobody can reach in a function: web
 * server, health, actuator's endpoints and scraped metrics. Each bean less is a shorter cold start;
 * traces stay, since each document carries its {@code traceparent}.
 */
final class FunctionAutoConfigurations implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final List<String> OUT_OF_REACH =
            List.of(
                    "org.springframework.boot.actuate.",
                    "org.springframework.boot.autoconfigure.aop.",
                    "org.springframework.boot.health.",
                    "org.springframework.boot.http.",
                    "org.springframework.boot.micrometer.metrics.",
                    "org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.",
                    "org.springframework.boot.micrometer.tracing.autoconfigure.otlp.OtlpExemplars",
                    // Would settle when a function is packed whether there is an exporter.
                    "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.",
                    "org.springframework.boot.opentelemetry.autoconfigure.logging.",
                    "org.springframework.boot.persistence.",
                    "org.springframework.boot.restclient.",
                    "org.springframework.boot.servlet.",
                    "org.springframework.boot.tomcat.",
                    "org.springframework.boot.transaction.",
                    "org.springframework.boot.webmvc.",
                    "org.springframework.cloud.stream.config.BindersHealthIndicator",
                    "org.springframework.cloud.stream.config.BindingsEndpoint",
                    "org.springframework.cloud.stream.config.ChannelsEndpoint");

    private boolean function;

    @Override
    public void setEnvironment(Environment environment) {
        function = environment.matchesProfiles(MillraceEnvironment.LAMBDA);
    }

    @Override
    public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
        var matches = new boolean[candidates.length];
        for (int i = 0; i < candidates.length; i++) {
            var candidate = candidates[i];
            matches[i] =
                    !function
                            || candidate == null
                            || OUT_OF_REACH.stream().noneMatch(candidate::startsWith);
        }
        return matches;
    }
}
