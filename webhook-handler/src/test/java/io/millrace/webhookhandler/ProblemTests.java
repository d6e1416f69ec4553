package io.millrace.webhookhandler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class ProblemTests {

    @Test
    void whoCannotBeQueuedIsToldWhenToTryAgain() {
        var problem = Problem.unavailable();
        assertThat(problem.getStatusCode().value()).isEqualTo(503);
        assertThat(problem.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("5");
    }
}
