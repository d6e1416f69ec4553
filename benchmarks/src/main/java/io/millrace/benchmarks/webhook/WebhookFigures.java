package io.millrace.benchmarks.webhook;

import io.millrace.launcher.LaunchPlan;
import io.millrace.launcher.demo.Aws;
import io.millrace.localcloud.LocalCloudApplication;
import io.millrace.webhookhandler.WebhookHandlerApplication;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Requests a second of webhook-handler and of {@link BareEndpoint}, in turn, each in a process of
 * its own on one queue. Signing is in the time of both.
 */
public final class WebhookFigures {

    private static final byte[] KEY = "not secret, of 24 bytes.".getBytes(StandardCharsets.UTF_8);
    private static final SecretKeySpec SIGNING = new SecretKeySpec(KEY, "HmacSHA256");
    private static final int CONNECTIONS = 32;
    private static final int WARM_UP = 10_000;
    private static final int ROUNDS = 3;
    private static final int REQUESTS = 10_000;

    private final List<Process> processes = new ArrayList<>();

    private WebhookFigures() {}

    public static void main(String[] arguments) throws Exception {
        var figures = new WebhookFigures();
        try {
            figures.run();
        } finally {
            figures.processes.forEach(Process::destroy);
        }
    }

    private void run() throws Exception {
        var cloud = freePort();
        var endpoint = start(LocalCloudApplication.class, cloud, _ -> true, "--port", "" + cloud);
        try (var aws = Aws.at(endpoint, endpoint, LaunchPlan.DEFAULT_PREFIX)) {
            var queue = aws.queueUrl("ExecutionsQueue");
            var handlerPort = freePort();
            var handler =
                    start(
                            WebhookHandlerApplication.class,
                            handlerPort,
                            _ -> true,
                            "--AWS_ENDPOINT_URL=" + endpoint,
                            "--server.port=" + handlerPort,
                            "--millrace.webhook.sources.figures.secrets=whsec_"
                                    + Base64.getEncoder().encodeToString(KEY));
            var barePort = freePort();
            var bare =
                    start(
                            BareEndpoint.class,
                            barePort,
                            WebhookFigures::isBare,
                            "--endpoint=" + endpoint,
                            "--queue=" + queue,
                            "--spring.threads.virtual.enabled=true",
                            "--server.port=" + barePort);
            measure(aws.sqs(), queue, bare, handler);
        }
    }

    private static void measure(SqsClient sqs, String queue, URI bare, URI handler)
            throws Exception {
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (var each : List.of(bare, handler)) {
                new Load(http, each, SIGNING, CONNECTIONS).send(WARM_UP);
            }
            sqs.purgeQueue(request -> request.queueUrl(queue));
            for (var round = 0; round < ROUNDS; round++) {
                var plain =
                        round(
                                sqs,
                                queue,
                                "bare endpoint",
                                new Load(http, bare, SIGNING, CONNECTIONS));
                var ours =
                        round(
                                sqs,
                                queue,
                                "webhook-handler",
                                new Load(http, handler, SIGNING, CONNECTIONS));
                System.out.printf(
                        Locale.ROOT, "ratio %.2f%n", ours.perSecond() / plain.perSecond());
            }
        }
    }

    private static Load.Figures round(SqsClient sqs, String queue, String name, Load load)
            throws Exception {
        var figures = load.send(REQUESTS);
        var queued = queued(sqs, queue);
        System.out.printf(
                Locale.ROOT,
                "%s: %.0f requests/s, p50 %.1f ms, p99 %.1f ms, %d refused, %d of %d queued%n",
                name,
                figures.perSecond(),
                figures.millis(0.5),
                figures.millis(0.99),
                figures.refused(),
                queued,
                REQUESTS);
        sqs.purgeQueue(request -> request.queueUrl(queue));
        return figures;
    }

    private static int queued(SqsClient sqs, String queue) {
        var name = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
        return Integer.parseInt(
                sqs.getQueueAttributes(request -> request.queueUrl(queue).attributeNames(name))
                        .attributes()
                        .get(name));
    }

    /** Of the class path of all of Millrace, what an endpoint with a queue needs. */
    private static boolean isBare(String entry) {
        var file = Path.of(entry).getFileName().toString();
        return entry.contains("benchmarks")
                || Stream.of(
                                "spring-cloud",
                                "spring-messaging",
                                "spring-integration",
                                "spring-statemachine",
                                "spring-security",
                                "actuator",
                                "opentelemetry",
                                "micrometer-tracing",
                                "millrace",
                                "0.1.0-SNAPSHOT")
                        .noneMatch(file::contains);
    }

    private URI start(Class<?> application, int port, Predicate<String> wanted, String... arguments)
            throws Exception {
        var classPath =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(wanted)
                        .collect(Collectors.joining(File.pathSeparator));
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classPath,
                                application.getName()));
        command.addAll(List.of(arguments));
        processes.add(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                Path.of("target", application.getSimpleName() + ".log").toFile())
                        .start());
        var address = URI.create("http://127.0.0.1:" + port);
        awaitAnswer(address);
        return address;
    }

    private static void awaitAnswer(URI address) throws Exception {
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

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
