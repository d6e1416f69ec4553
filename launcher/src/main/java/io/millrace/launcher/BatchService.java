package io.millrace.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The option that says where batch-job is, and requests to it. */
final class BatchService {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:MILLRACE_BATCH_URL:-http://localhost:8085}",
            description =
                    "Where batch-job is (default: MILLRACE_BATCH_URL, else ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://localhost:8085");

    JsonNode start(String body, @Nullable String idempotencyKey) {
        var request =
                request("")
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return answer(request);
    }

    JsonNode get(String path) {
        return answer(request(path).GET());
    }

    JsonNode post(String path) {
        return answer(request(path).POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + "/jobs" + path)).timeout(PATIENCE);
    }

    private JsonNode answer(HttpRequest.Builder request) {
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw new IllegalStateException(problem(response.statusCode(), response.body()));
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "batch-job does not answer at %s: start it (./millrace up) or say where it is with --url"
                            .formatted(url),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String problem(int status, String body) {
        try {
            return JSON.readTree(body)
                    .path("detail")
                    .stringValueOpt()
                    .orElse("batch-job answers " + status);
        } catch (JacksonException e) {
            return "batch-job answers " + status;
        }
    }
}
