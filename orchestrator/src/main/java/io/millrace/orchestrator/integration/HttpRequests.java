package io.millrace.orchestrator.integration;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes requests of the parameters of HTTP tasks. */
final class HttpRequests {

    /** How long an HTTP task may take at most. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final String CONTENT_TYPE = "Content-Type";
    static final Fields FIELDS =
            Fields.of(
                    Set.of("ApiEndpoint", "Method"),
                    "Authentication",
                    "InvocationConfig",
                    "Headers",
                    "QueryParameters",
                    "RequestBody",
                    "Transform");

    private final String userAgent;

    HttpRequests(String region) {
        this.userAgent = "Amazon|StepFunctions|HttpInvoke|" + region;
    }

    /** The ARN of the connection that a task names, by the older field or the newer one. */
    static Optional<String> connectionArn(JsonNode parameters) {
        return Stream.of("Authentication", "InvocationConfig")
                .flatMap(field -> Parameters.text(parameters.path(field), "ConnectionArn").stream())
                .findFirst();
    }

    /**
     * @throws UnsuitableParameters if they are not those of a request
     */
    static void check(JsonNode parameters) {
        var problems = FIELDS.problems(parameters);
        if (connectionArn(parameters).isEmpty()) {
            problems.missing("Authentication");
        }
        problems.throwIfAny(JsonMapper.shared().writeValueAsString(parameters));
    }

    HttpRequest request(JsonNode parameters, Connection connection, Optional<String> trace) {
        var headers = headers(parameters, connection);
        trace.ifPresent(value -> headers.putIfAbsent("traceparent", List.of(value)));
        var request =
                HttpRequest.newBuilder(uri(parameters, connection))
                        .timeout(TIMEOUT)
                        .method(
                                Parameters.required(parameters, "Method"),
                                body(parameters, headers));
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return request.setHeader("User-Agent", userAgent).build();
    }

    private static URI uri(JsonNode parameters, Connection connection) {
        var endpoint = Parameters.required(parameters, "ApiEndpoint");
        var query =
                merged(parameters.path("QueryParameters"), connection.queryParameters())
                        .entrySet()
                        .stream()
                        .flatMap(entry ->
                                entry.getValue().stream()
                                        .map(value ->
                                                FormEncoding.encoded(entry.getKey())
                                                        + "="
                                                        + FormEncoding.encoded(value)))
                        .collect(Collectors.joining("&"));
        return URI.create(
                query.isEmpty()
                        ? endpoint
                        : endpoint + (endpoint.contains("?") ? "&" : "?") + query);
    }

    private static Map<String, List<String>> headers(JsonNode parameters, Connection connection) {
        var headers = merged(parameters.path("Headers"), connection.headers());
        connection
                .apiKeyName()
                .ifPresent(name -> headers.put(name, List.of(connection.apiKeyValue().orElse(""))));
        connection
                .username()
                .ifPresent(name ->
                        headers.put(
                                "Authorization",
                                List.of(basic(name, connection.password().orElse("")))));
        return headers;
    }

    private static String basic(String username, String password) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** What a task and its connection give; the connection's win. */
    private static Map<String, List<String>> merged(JsonNode task, Map<String, String> ofAll) {
        var merged = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        task.forEachEntry((name, value) -> merged.put(name, texts(value)));
        ofAll.forEach((name, value) -> merged.put(name, List.of(value)));
        return merged;
    }

    private static List<String> texts(JsonNode value) {
        var texts = new ArrayList<String>();
        if (value.isArray()) {
            value.forEach(each -> texts.add(Parameters.asText(each)));
        } else {
            texts.add(Parameters.asText(value));
        }
        return texts;
    }

    private static BodyPublisher body(JsonNode parameters, Map<String, List<String>> headers) {
        var body = parameters.path("RequestBody");
        if (body.isMissingNode() || body.isNull()) {
            return BodyPublishers.noBody();
        }
        var transform = parameters.path("Transform");
        if (transform.path("RequestBodyEncoding").asString("NONE").equals("URL_ENCODED")) {
            headers.put(CONTENT_TYPE, List.of("application/x-www-form-urlencoded;charset=UTF-8"));
            var format =
                    transform
                            .path("RequestEncodingOptions")
                            .path("ArrayFormat")
                            .asString(FormEncoding.INDICES.name());
            return BodyPublishers.ofString(FormEncoding.valueOf(format).encode(body));
        }
        headers.putIfAbsent(CONTENT_TYPE, List.of("application/json"));
        return BodyPublishers.ofString(Parameters.asText(body));
    }
}
