package io.millrace.servicestarter;

import io.millrace.cloudresources.ResourceTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Adds, below everything a user configures, what the services have in common: the names of the AWS
 * resources as {@code millrace.resources.<logical id>}, the endpoint if {@code AWS_ENDPOINT_URL}
 * names one, and defaults for health, metrics and traces.
 */
public final class MillraceEnvironment implements EnvironmentPostProcessor, Ordered {

    /** Where AWS is, if it is not AWS itself; the AWS SDKs' own variable. */
    public static final String ENDPOINT = "AWS_ENDPOINT_URL";

    private static final String RESOURCES = "millrace.resources.";

    /**
     * Services of which each may have an endpoint of its own (AWS SDKs, "Service-specific
     * endpoints").
     */
    private static final List<String> SERVICES = List.of("sqs", "sns", "s3", "dynamodb");

    private static final Map<String, Object> DEFAULTS =
            Map.ofEntries(
                    Map.entry("millrace.account-id", "000000000000"),
                    Map.entry("millrace.prefix", "millrace-"),
                    Map.entry("spring.main.banner-mode", "off"),
                    Map.entry("spring.threads.virtual.enabled", "true"),
                    Map.entry("spring.jmx.enabled", "false"),
                    Map.entry("spring.cloud.stream.function.autodetect", "false"),
                    Map.entry("spring.cloud.stream.default-binder", "aws"),
                    Map.entry("spring.cloud.stream.aws.binder.provisioning", "validate"),
                    // A queue that is missing is told at start, not every 30 seconds.
                    Map.entry("spring.cloud.stream.binding-retry-interval", "0"),
                    Map.entry("spring.cloud.stream.default.consumer.max-attempts", "1"),
                    Map.entry("server.shutdown", "graceful"),
                    Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
                    Map.entry(
                            "management.endpoints.web.exposure.include",
                            "health,metrics,prometheus,info"),
                    Map.entry("management.endpoint.health.probes.enabled", "true"),
                    Map.entry("management.endpoint.health.show-details", "always"),
                    // Several services may live in one JVM: none of them owns what is global to it.
                    Map.entry("management.metrics.use-global-registry", "false"),
                    Map.entry(
                            "management.metrics.distribution.slo.http.server.requests",
                            "5ms,10ms,25ms,50ms,100ms,250ms,500ms,1s,2500ms,5s,10s,30s,60s"),
                    Map.entry("management.tracing.sampling.probability", "1.0"),
                    // Not every call of a function is observed: the binder observes each message.
                    Map.entry("management.observations.enable.spring.cloud.function", "false"),
                    // Metrics are scraped; who wants them pushed sets this and the collector's
                    // address.
                    Map.entry("management.otlp.metrics.export.enabled", "false"));

    /** The profile of a service that is a Lambda function. */
    static final String LAMBDA = "lambda";

    private static final Map<String, Object> ON_LAMBDA =
            Map.of(
                    // AWS receives the messages and invokes the function with them.
                    "spring.cloud.stream.default.consumer.auto-startup",
                    "false",
                    // A cold start does not wait for AWS to answer what the first message may not
                    // ask.
                    "spring.cloud.stream.aws.binder.provisioning",
                    "validate-on-use",
                    // The only module on the class path is for Joda-Time's types.
                    "spring.jackson.find-and-add-modules",
                    "false");

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        Carriers.addSpare();
        var properties = new HashMap<>(DEFAULTS);
        var prefix = environment.getProperty("millrace.prefix", "millrace-");
        ResourceTemplate.millraceNames(prefix)
                .forEach((logicalId, name) -> properties.put(RESOURCES + logicalId, name));
        var region = environment.getProperty("AWS_REGION", "us-east-1");
        properties.put("millrace.region", region);
        endpoint(environment, properties, region);
        if (environment.matchesProfiles(LAMBDA)) {
            properties.putAll(ON_LAMBDA);
        }
        environment
                .getPropertySources()
                .addLast(
                        new OriginTrackedMapPropertySource(
                                "millrace", Map.copyOf(properties), true));
    }

    private static void endpoint(
            ConfigurableEnvironment environment, Map<String, Object> properties, String region) {
        for (var service : SERVICES) {
            var own = environment.getProperty(ENDPOINT + "_" + service.toUpperCase(Locale.ROOT));
            if (own != null) {
                properties.put("spring.cloud.aws.%s.endpoint".formatted(service), own);
            }
        }
        var endpoint = environment.getProperty(ENDPOINT);
        if (endpoint == null) {
            return;
        }
        properties.put("spring.cloud.aws.endpoint", endpoint);
        properties.put("spring.cloud.aws.s3.path-style-access-enabled", "true");
        properties.put("spring.cloud.aws.region.static", region);
        if (!environment.containsProperty("AWS_ACCESS_KEY_ID")) {
            properties.put("spring.cloud.aws.credentials.access-key", "test");
            properties.put("spring.cloud.aws.credentials.secret-key", "test");
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
