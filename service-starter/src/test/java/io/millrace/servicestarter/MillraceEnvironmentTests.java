package io.millrace.servicestarter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class MillraceEnvironmentTests {

    @Test
    void resourcesHaveTheNamesOfTheTemplate() {
        assertThat(
                        environment(Map.of("millrace.prefix", "acme-"))
                                .getProperty("millrace.resources.LoadQueue"))
                .isEqualTo("acme-load");
    }

    @Test
    void withoutAnEndpointNothingIsSaidAboutAws() {
        var environment = environment(Map.of());
        assertThat(environment.getProperty("spring.cloud.aws.endpoint")).isNull();
        assertThat(environment.getProperty("spring.cloud.aws.credentials.access-key")).isNull();
    }

    @Test
    void theEndpointOfTheSdksIsTheEndpointOfEveryClient() {
        var environment = environment(Map.of("AWS_ENDPOINT_URL", "http://localhost:4566"));
        assertThat(environment.getProperty("spring.cloud.aws.endpoint"))
                .isEqualTo("http://localhost:4566");
        assertThat(environment.getProperty("spring.cloud.aws.region.static"))
                .isEqualTo("us-east-1");
    }

    @Test
    void oneServiceMayLiveElsewhere() {
        assertThat(
                        environment(Map.of("AWS_ENDPOINT_URL_SQS", "http://localhost:9324"))
                                .getProperty("spring.cloud.aws.sqs.endpoint"))
                .isEqualTo("http://localhost:9324");
    }

    @Test
    void whatAUserConfiguresWins() {
        assertThat(
                        environment(Map.of("spring.cloud.stream.aws.binder.provisioning", "none"))
                                .getProperty("spring.cloud.stream.aws.binder.provisioning"))
                .isEqualTo("none");
    }

    private static StandardEnvironment environment(Map<String, Object> configured) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().remove("systemEnvironment");
        environment.getPropertySources().addFirst(new MapPropertySource("user", configured));
        new MillraceEnvironment().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
