package io.millrace.benchmarks;

import io.millrace.localcloud.LocalCloudApplication;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Servers in processes of their own, until they are closed. */
public final class Servers implements AutoCloseable {

    private final List<Process> processes = new ArrayList<>();

    /** A server that answers. */
    public record Started(Process process, URI address) {}

    /**
     * Starts one and waits until it answers.
     *
     * @param wanted what it needs of this class path
     * @param heap such as {@code 512m}
     */
    public Started start(
            Class<?> application,
            int port,
            Predicate<String> wanted,
            String heap,
            String... arguments)
            throws IOException, InterruptedException {
        var classPath =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(wanted)
                        .collect(Collectors.joining(File.pathSeparator));
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heap,
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classPath,
                                application.getName()));
        command.addAll(List.of(arguments));
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                Path.of("target", application.getSimpleName() + ".log").toFile())
                        .start();
        processes.add(process);
        var address = URI.create("http://127.0.0.1:" + port);
        awaitAnswer(address);
        return new Started(process, address);
    }

    /** Starts local-cloud; where it answers. */
    public URI startLocalCloud(String heap) throws IOException, InterruptedException {
        var port = freePort();
        return start(LocalCloudApplication.class, port, _ -> true, heap, "--port=" + port)
                .address();
    }

    private static void awaitAnswer(URI address) throws IOException, InterruptedException {
        var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (var http = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
                    return;
                } catch (IOException e) {
                    if (System.nanoTime() > until) {
                        throw new IllegalStateException(address + " does not answer", e);
                    }
                    Thread.sleep(200);
                }
            }
        }
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
    }
}
