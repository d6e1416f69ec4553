package io.millrace.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Starts local-cloud and the services in this JVM and leaves them running until Ctrl-C.")
final class UpCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "4566",
            description = "The port of the AWS-compatible endpoint (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data-dir",
            paramLabel = "D",
            description = "Keep everything in this folder across restarts (default: in memory).")
    private @Nullable Path dataDir;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description =
                    "Start only these parts: local-cloud, orchestrator, image-processor,"
                            + " webhook-handler, data-sync, batch-job, transform-load, error-handler.")
    private List<Part> only = List.of(Part.values());

    @Option(
            names = "--workflow",
            paramLabel = "FILE",
            description =
                    "Register this Amazon States Language definition too, under the file's name"
                            + " up to the first dot; may be repeated.")
    private List<Path> workflows = List.of();

    @Option(
            names = "--aws-strict",
            description = "Let executions fail where AWS would have them fail and we need not.")
    private boolean awsStrict;

    @Option(
            names = "--set",
            paramLabel = "PROPERTY=VALUE",
            description = "Set a property of every service; may be repeated.")
    private Map<String, String> settings = Map.of();

    @Override
    public Integer call() throws InterruptedException {
        checkWorkflows();
        var started = System.nanoTime();
        var plan =
                new LaunchPlan(
                        EnumSet.copyOf(only),
                        Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).map(URI::create),
                        ports(),
                        Optional.ofNullable(dataDir).map(CallersFolder::resolve),
                        workflows.stream().map(CallersFolder::resolve).toList(),
                        LaunchPlan.DEFAULT_PREFIX,
                        WebhookSecret.fromEnvironment(),
                        settings());
        var out = spec.commandLine().getOut();
        out.println("millrace: starting…");
        out.flush();
        var launched = Launch.start(plan);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(launched::close));
        var took = Duration.ofNanos(System.nanoTime() - started);
        new Welcome(out, plan, launched).print(took);
        AotCache.trainInBackground();
        launched.awaitClose();
        return 0;
    }

    private Map<String, String> settings() {
        if (!awsStrict) {
            return settings;
        }
        var all = new HashMap<>(settings);
        all.put("millrace.orchestrator.aws-strict", "true");
        return all;
    }

    /** The endpoint's port as wished; each service's own if it is free, else any. */
    private Map<Part, Integer> ports() {
        var ports = new EnumMap<Part, Integer>(Part.class);
        for (var part : only) {
            if (part == Part.LOCAL_CLOUD) {
                ports.put(part, port);
            } else if (isFree(part.port())) {
                ports.put(part, part.port());
            }
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }

    private void checkWorkflows() {
        for (var workflow : workflows) {
            if (!Files.isReadable(CallersFolder.resolve(workflow))) {
                throw new ParameterException(
                        spec.commandLine(), "cannot read the workflow " + workflow);
            }
        }
    }
}
