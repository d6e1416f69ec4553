package io.millrace.lambdaadapter;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests of an HTTP API or a function URL (API Gateway Developer Guide, "AWS Lambda proxy
 * integrations for HTTP APIs", payload format 2.0).
 */
final class ApiGatewayTrigger implements LambdaTrigger {

    private final HttpEndpoint endpoint;
    private final JsonMapper json;

    ApiGatewayTrigger(HttpEndpoint endpoint, JsonMapper json) {
        this.endpoint = endpoint;
        this.json = json;
    }

    @Override
    public boolean takes(JsonNode event) {
        return event.at("/requestContext/http/method").isString();
    }

    @Override
    public Object handle(JsonNode event, Deadline deadline) {
        try {
            return response(endpoint.answer(request(event)));
        } catch (ErrorResponseException e) {
            return response(
                    ResponseEntity.status(e.getStatusCode())
                            .headers(e.getHeaders())
                            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                            .body(e.getBody()));
        }
    }

    private static RequestEntity<byte[]> request(JsonNode event) {
        var headers = new HttpHeaders();
        for (var header : event.path("headers").properties()) {
            headers.add(header.getKey(), header.getValue().asString());
        }
        var text = event.path("body").asString("");
        var body =
                event.path("isBase64Encoded").asBoolean(false)
                        ? Base64.getDecoder().decode(text)
                        : text.getBytes(StandardCharsets.UTF_8);
        return new RequestEntity<>(
                body,
                headers,
                HttpMethod.valueOf(event.at("/requestContext/http/method").asString()),
                URI.create(event.path("rawPath").asString("/")));
    }

    private Map<String, Object> response(ResponseEntity<?> answer) {
        var headers = new HashMap<String, String>();
        answer.getHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        var body = answer.getBody();
        var bytes = body instanceof byte[] given ? given : json.writeValueAsBytes(body);
        if (!answer.getHeaders().containsHeader(HttpHeaders.CONTENT_TYPE)) {
            headers.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        }
        return Map.of(
                "statusCode",
                answer.getStatusCode().value(),
                "headers",
                headers,
                "body",
                body == null ? "" : new String(bytes, StandardCharsets.UTF_8),
                "isBase64Encoded",
                false);
    }
}
