package io.millrace.lambdaadapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiGatewayTriggerTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void awsDocumentedRequestReachesTheEndpointWithItsBodyDecoded() throws Exception {
        var seen = new RequestEntity<?>[1];
        var answer =
                handle(request -> {
                    seen[0] = request;
                    return ResponseEntity.accepted().body(Map.of("id", 1));
                });
        assertThat(seen[0].getUrl().getPath()).isEqualTo("/path/to/resource");
        assertThat(seen[0].getMethod().name()).isEqualTo("POST");
        assertThat(seen[0].getHeaders().getFirst("Header1")).isEqualTo("value1");
        assertThat(new String((byte[]) seen[0].getBody(), StandardCharsets.UTF_8))
                .isEqualTo("{\"test\":\"body\"}");
        assertThat(answer.path("statusCode").asInt()).isEqualTo(202);
        assertThat(answer.path("body").asString()).isEqualTo("{\"id\":1}");
        assertThat(answer.at("/headers/Content-Type").asString()).isEqualTo("application/json");
    }

    @Test
    void aRefusalIsAnsweredWithProblemDetails() throws Exception {
        var answer =
                handle(_ -> {
                    throw new ErrorResponseException(
                            HttpStatus.UNAUTHORIZED,
                            ProblemDetail.forStatusAndDetail(
                                    HttpStatus.UNAUTHORIZED, "who are you?"),
                            null);
                });
        assertThat(answer.path("statusCode").asInt()).isEqualTo(401);
        assertThat(answer.path("body").asString()).contains("who are you?");
        assertThat(answer.at("/headers/Content-Type").asString())
                .isEqualTo("application/problem+json");
    }

    private static JsonNode handle(HttpEndpoint endpoint) throws Exception {
        var event =
                JSON.readTree(
                        Files.readString(Path.of("..", "lambda", "events", "api-gateway-v2.json")));
        var trigger = new ApiGatewayTrigger(endpoint, JSON);
        assertThat(trigger.takes(event)).isTrue();
        return JSON.valueToTree(trigger.handle(event, () -> Duration.ofSeconds(3)));
    }
}
