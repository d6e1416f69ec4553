package io.millrace.servicestarter;

import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.millrace.events.EventJson;
import io.millrace.events.TraceParent;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** The beans that every service has. */
@AutoConfiguration
@EnableConfigurationProperties(StepFunctionsKey.class)
class MillraceServiceAutoConfiguration {

    @Bean
    EventJson eventJson() {
        return new EventJson();
    }

    /**
     * Before the one of Spring Cloud Function's AWS adapter, which makes plain JSON of anything.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    EventMessageConverter eventMessageConverter(EventJson json, CurrentTrace trace) {
        return new EventMessageConverter(json, trace);
    }

    @Bean
    CurrentTrace currentTrace(ObjectProvider<Tracer> tracers) {
        return () -> current(tracers.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Probes and scrapes come every few seconds, and each would be a trace of its own. */
    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    ObservationPredicate noObservationOfMonitoring() {
        return (_, context) ->
                !(context instanceof ServerRequestObservationContext served
                        && served.getCarrier() != null
                        && served.getCarrier().getRequestURI().startsWith("/actuator"));
    }

    private static Optional<TraceParent> current(@Nullable Tracer tracer) {
        var span = tracer == null ? null : tracer.currentSpan();
        return span == null ? Optional.empty() : traceParent(span.context());
    }

    private static Optional<TraceParent> traceParent(TraceContext context) {
        var flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
        return TraceParent.parse(
                "00-%s-%s-%s".formatted(context.traceId(), context.spanId(), flags));
    }
}
