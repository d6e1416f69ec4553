package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.OrchestratorFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnRequest;
import software.amazon.awssdk.services.sfn.model.SfnResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every operation is there, and what is none is refused as AWS does. */
class OperationsTests {

    private static final URI ENDPOINT = OrchestratorFixture.shared().endpoint();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String AWS_JSON = "application/x-amz-json-1.0";

    /** The operations that the SDK's client has. */
    static Set<String> operations() {
        return Arrays.stream(SfnClient.class.getMethods())
                .filter(method -> SfnResponse.class.isAssignableFrom(method.getReturnType()))
                .filter(method ->
                        method.getParameterCount() == 1
                                && SfnRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
                .map(method ->
                        Character.toUpperCase(method.getName().charAt(0))
                                + method.getName().substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void allOperationsOfTheSdkAreThere() {
        assertThat(operations()).hasSize(37);
        assertThat(OrchestratorFixture.shared().bean(Operations.class).byName().keySet())
                .containsExactlyInAnyOrderElementsOf(operations());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOperationThatIsToldNothingSaysWhatItMisses(String operation) {
        var response = post(operation, "{}", AWS_JSON);

        if (response.statusCode() != 200) {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(error(response)).isEqualTo("ValidationException");
            assertThat(response.body()).containsAnyOf("must not be null", "must be specified");
        }
    }

    @Test
    void theReadmeListsAllOperations() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var table = readme.substring(readme.indexOf("| operations |"));
        var rows = table.substring(0, table.indexOf("\n\n")).lines().skip(2);

        assertThat(rows.flatMap(row -> names(row.split("\\|")[1])))
                .containsExactlyInAnyOrderElementsOf(operations());
    }

    private static Stream<String> names(String cell) {
        return Pattern.compile("`(\\w+)`").matcher(cell).results().map(match -> match.group(1));
    }

    @Test
    void whatIsNoOperationIsUnknown() {
        var response = post("MakeCoffee", "{}", AWS_JSON);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).isEqualTo("UnknownOperationException");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(response.headers().firstValue("Content-Type")).contains(AWS_JSON);
    }

    @Test
    void otherMethodsAndContentTypesAskForNothing() {
        var get = send(HttpRequest.newBuilder(ENDPOINT.resolve("/")).GET());
        assertThat(get.statusCode()).isEqualTo(404);
        assertThat(error(get)).isEqualTo("UnknownOperationException");

        var form = post("ListActivities", "a=b", "application/x-www-form-urlencoded");
        assertThat(form.statusCode()).isEqualTo(404);
        assertThat(error(form)).isEqualTo("UnknownOperationException");

        assertThat(post("ListActivities", "{}", "application/json").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNoJsonObjectCannotBeRead() {
        for (var body : new String[] {"{", "[]", "\"text\"", "{} {}", "\u0000"}) {
            var response = post("ListActivities", body, AWS_JSON);

            assertThat(response.statusCode()).as(body).isEqualTo(400);
            assertThat(error(response)).as(body).isEqualTo("SerializationException");
        }
        var number = post("DescribeActivity", "{\"activityArn\": 1}", AWS_JSON);
        assertThat(error(number)).isEqualTo("SerializationException");
    }

    @Test
    void aRequestThatIsTooLargeIsNotRead() {
        var response = post("ListActivities", " ".repeat(40 * 1024 * 1024 + 1), AWS_JSON);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(error(response)).isEqualTo("RequestEntityTooLargeException");
    }

    @Test
    void aRequestTellsHowLongItIs() {
        var chunked =
                HttpRequest.newBuilder(ENDPOINT.resolve("/"))
                        .header("Content-Type", AWS_JSON)
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArrays(
                                        Set.of("{}".getBytes(StandardCharsets.UTF_8))));

        assertThat(send(chunked).statusCode()).isEqualTo(411);
    }

    private static HttpResponse<String> post(String operation, String body, String type) {
        return send(
                HttpRequest.newBuilder(ENDPOINT.resolve("/"))
                        .header("Content-Type", type)
                        .header("X-Amz-Target", "AWSStepFunctions." + operation)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String error(HttpResponse<String> response) {
        JsonNode body = JsonMapper.shared().readTree(response.body());
        return body.path("__type").asString();
    }
}
