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

    @Test
    void aFunctionHasTracesAndNoHealthEndpoint() {
        assertThat(taken("lambda")).containsExactly(false, true, true);
    }

    @Test
    void aContainerHasBoth() {
        assertThat(taken("container")).containsExactly(true, true, true);
    }

    private static boolean[] taken(String profile) {
        var environment = new MockEnvironment();
        environment.setActiveProfiles(profile);
        var filter = new FunctionAutoConfigurations();
        filter.setEnvironment(environment);
        return filter.match(HEALTH_AND_TRACES, mock(AutoConfigurationMetadata.class));
    }
}
