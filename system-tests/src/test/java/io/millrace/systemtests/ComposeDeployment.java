package io.millrace.systemtests;

import io.millrace.launcher.Part;
import io.millrace.launcher.WebhookSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Services as docker-compose.yml runs them, in a project of their own. {@code COMPOSE_PROFILES}
 * names the endpoint: localstack or local-cloud.
 */
final class ComposeDeployment implements Deployment {

    private static final Path FILE =
            Path.of("..", "docker-compose.yml").toAbsolutePath().normalize();

    private final String project;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Path> overrides = new ArrayList<>();
    private final int endpointPort = Deployment.freePort();
    private final int orchestratorPort = Deployment.freePort();

    private ComposeDeployment(String prefix, WebhookSecret secret) {
        this.project = prefix.substring(0, prefix.length() - 1);
        environment.put("MILLRACE_PREFIX", prefix);
        environment.put("MILLRACE_ENDPOINT_PORT", String.valueOf(endpointPort));
        environment.put("MILLRACE_ORCHESTRATOR_PORT", String.valueOf(orchestratorPort));
        environment.put("MILLRACE_WEBHOOK_PORT", String.valueOf(Deployment.freePort()));
        environment.put(WebhookSecret.VARIABLE, secret.value());
    }

    /** Brings up all services but those. */
    static ComposeDeployment start(String prefix, WebhookSecret secret, Set<Part> apart) {
        var deployment = new ComposeDeployment(prefix, secret);
        var wanted = EnumSet.complementOf(EnumSet.of(Part.LOCAL_CLOUD));
        wanted.removeAll(apart);
        try {
            deployment.up(wanted.stream().map(Part::toString).toArray(String[]::new));
        } catch (IllegalStateException e) {
            deployment.close();
            throw e;
        }
        return deployment;
    }

    @Override
    public URI endpoint() {
        return URI.create("http://localhost:" + endpointPort);
    }

    @Override
    public URI orchestrator() {
        return URI.create("http://localhost:" + orchestratorPort);
    }

    @Override
    public Duration startTime() {
        return Duration.ofSeconds(30);
    }

    @Override
    public URI service(Part part) {
        var address = compose("port", part.toString(), "8080").strip();
        return URI.create("http://localhost" + address.substring(address.lastIndexOf(':')));
    }

    @Override
    public void add(Part part, Map<String, String> own) {
        var override = Path.of("target", "%s-%s.json".formatted(project, part)).toAbsolutePath();
        var settings =
                Map.of(
                        "services",
                        Map.of(
                                part.toString(),
                                Map.of(
                                        "environment",
                                        Map.of(
                                                "SPRING_APPLICATION_JSON",
                                                // Compose takes a dollar for a variable.
                                                JsonMapper.shared()
                                                        .writeValueAsString(own)
                                                        .replace("$", "$$")))));
        try {
            Files.write(override, JsonMapper.shared().writeValueAsBytes(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        overrides.remove(override);
        overrides.add(override);
        up(part.toString());
    }

    @Override
    public void addKillable(Part part, Map<String, String> own) {
        add(part, own);
    }

    @Override
    public void kill(Part part) {
        compose("kill", "--signal", "KILL", part.toString());
        // It would be started again by itself, too soon for a test.
        compose("rm", "--force", "--stop", part.toString());
    }

    @Override
    public void close() {
        compose("logs", "--no-color", "--timestamps");
        compose("down", "--volumes", "--timeout", "1");
    }

    private void up(String... services) {
        var arguments =
                new ArrayList<>(List.of("up", "--detach", "--wait", "--wait-timeout", "300"));
        arguments.addAll(Arrays.asList(services));
        compose(arguments.toArray(String[]::new));
    }

    private String compose(String... arguments) {
        var command =
                new ArrayList<>(
                        List.of(
                                "docker",
                                "compose",
                                "--project-name",
                                project,
                                "--file",
                                FILE.toString()));
        overrides.forEach(override -> command.addAll(List.of("--file", override.toString())));
        command.addAll(Arrays.asList(arguments));
        var log = Path.of("target", "%s-%s.log".formatted(project, arguments[0]));
        try {
            var builder = new ProcessBuilder(command).redirectError(log.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            var output = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        "%s failed:%n%s"
                                .formatted(String.join(" ", command), Files.readString(log)));
            }
            if (arguments[0].equals("logs")) {
                Files.write(log, output);
            }
            return new String(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
