package io.millrace.servicestarter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationPredicate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class MonitoringTests {

    @Test
    void requestsOfUsersAreObservedAndThoseOfProbesAndScrapesAreNot() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MillraceServiceAutoConfiguration.class))
                .run(context -> {
                    var predicate = context.getBean(ObservationPredicate.class);
                    assertThat(predicate.test("http.server.requests", request("/webhooks/demo")))
                            .isTrue();
                    assertThat(predicate.test("http.server.requests", request("/actuator/health")))
                            .isFalse();
                });
    }

    private static ServerRequestObservationContext request(String path) {
        return new ServerRequestObservationContext(
                new MockHttpServletRequest("GET", path), new MockHttpServletResponse());
    }
}
