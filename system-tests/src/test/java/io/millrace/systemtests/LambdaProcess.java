package io.millrace.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A function: what lambda/build has of it, under AWS's runtime interface client, behind AWS's
 * runtime interface emulator, which {@code LAMBDA_RIE} names. It takes one invocation at a time.
 */
final class LambdaProcess implements AutoCloseable {

    private static final Path BUILD = Path.of("..", "lambda", "build").toAbsolutePath().normalize();
    private static final String INVOKE = "/2015-03-31/functions/function/invocations";

    private final String name;
    private final ProcessBuilder command;
    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;

    LambdaProcess(LambdaTemplate.Function function, Map<String, String> environment) {
        this.name = function.name();
        var port = Deployment.freePort();
        this.address = URI.create("http://127.0.0.1:" + port);
        var root = BUILD.resolve(function.service());
        this.command =
                new ProcessBuilder(
                                List.of(
                                        emulator(),
                                        "--runtime-interface-emulator-address",
                                        "127.0.0.1:" + port,
                                        "--runtime-api-address",
                                        "127.0.0.1:" + Deployment.freePort(),
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-Dspring.aot.enabled=true",
                                        "--enable-native-access=ALL-UNNAMED",
                                        // As the managed runtime has it: the root, then lib/.
                                        "-cp",
                                        "%s:%s/lib/*".formatted(root, root),
                                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                                        "io.millrace.lambdaadapter.LambdaHandler::handleRequest"))
                        .redirectErrorStream(true)
                        .redirectOutput(
                                Redirect.appendTo(
                                        Path.of("target", "%s-%d.log".formatted(name, port))
                                                .toFile()));
        var variables = new HashMap<>(function.environment());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", name);
        variables.put("AWS_LAMBDA_FUNCTION_TIMEOUT", "60");
        variables.put("AWS_REGION", "us-east-1");
        variables.putAll(environment);
        command.environment().putAll(variables);
        try {
            this.process = command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is an emulator to run functions with. */
    static boolean isPossible() {
        return System.getenv("LAMBDA_RIE") != null;
    }

    private static String emulator() {
        var path = System.getenv("LAMBDA_RIE");
        if (path == null || !Files.isExecutable(Path.of(path))) {
            throw new IllegalStateException(
                    "LAMBDA_RIE has to name AWS's runtime interface emulator: lambda/emulator DIR fetches it");
        }
        return path;
    }

    /**
     * Invokes the function and waits for its answer.
     *
     * @throws IllegalStateException if the function failed
     */
    synchronized JsonNode invoke(JsonNode event) throws InterruptedException {
        for (var attempt = 0; ; attempt++) {
            try {
                var response =
                        http.send(
                                HttpRequest.newBuilder(address.resolve(INVOKE))
                                        .timeout(Duration.ofSeconds(70))
                                        .POST(BodyPublishers.ofString(event.toString()))
                                        .build(),
                                BodyHandlers.ofString());
                var answer = JsonMapper.shared().readTree(response.body());
                if (response.statusCode() != 200 || answer.has("errorType")) {
                    throw new IllegalStateException("%s failed: %s".formatted(name, answer));
                }
                return answer;
            } catch (IOException e) {
                // The emulator needs a moment until it listens.
                if (attempt == 50 || !process.isAlive()) {
                    throw new IllegalStateException(name + " does not answer", e);
                }
                Thread.sleep(100);
            }
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        http.shutdownNow();
    }
}
