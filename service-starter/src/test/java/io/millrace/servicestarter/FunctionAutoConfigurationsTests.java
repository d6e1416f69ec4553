package io.millrace.servicestarter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.mock.env.MockEnvironment;

class FunctionAutoConfigurationsTests {

    private static final String[] HEALTH_AND_TRACES = {
        "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration",
        "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
        null
    };

    private static final String[] EXPORTERS = {
        "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration",
        "io.millrace.lambdaadapter.LambdaTracesAutoConfiguration"
    };

    @Test
    void aFunctionHasTracesAndNoHealthEndpoint() {
        assertThat(taken("lambda", HEALTH_AND_TRACES)).containsExactly(false, true, true);
    }

    @Test
    void aContainerHasBoth() {
        assertThat(taken("container", HEALTH_AND_TRACES)).containsExactly(true, true, true);
    }

    @Test
    void aFunctionSendsItsSpansByTheExporterThatIsChosenAtStart() {
        assertThat(taken("lambda", EXPORTERS)).containsExactly(false, true);
    }

    private static boolean[] taken(String profile, String[] candidates) {
        var environment = new MockEnvironment();
        environment.setActiveProfiles(profile);
        var filter = new FunctionAutoConfigurations();
        filter.setEnvironment(environment);
        return filter.match(candidates, mock(AutoConfigurationMetadata.class));
    }
}
