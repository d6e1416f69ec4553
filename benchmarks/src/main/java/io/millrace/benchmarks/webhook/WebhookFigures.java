package io.millrace.benchmarks.webhook;

import io.millrace.benchmarks.Servers;
import io.millrace.launcher.LaunchPlan;
import io.millrace.launcher.demo.Aws;
import io.millrace.webhookhandler.WebhookHandlerApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
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

    private static final String HEAP = "512m";

    private WebhookFigures() {}

    public static void main(String[] arguments) throws Exception {
        try (var servers = new Servers()) {
            run(servers);
        }
    }

    private static void run(Servers servers) throws Exception {
        var endpoint = servers.startLocalCloud(HEAP);
        try (var aws = Aws.at(endpoint, endpoint, LaunchPlan.DEFAULT_PREFIX)) {
            var queue = aws.queueUrl("ExecutionsQueue");
            var handlerPort = Servers.freePort();
            var handler =
                    servers.start(
                            WebhookHandlerApplication.class,
                            handlerPort,
                            _ -> true,
                            HEAP,
                            "--AWS_ENDPOINT_URL=" + endpoint,
                            "--server.port=" + handlerPort,
                            "--millrace.webhook.sources.figures.secrets=whsec_"
                                    + Base64.getEncoder().encodeToString(KEY));
            var barePort = Servers.freePort();
            var bare =
                    servers.start(
                            BareEndpoint.class,
                            barePort,
                            WebhookFigures::isBare,
                            HEAP,
                            "--endpoint=" + endpoint,
                            "--queue=" + queue,
                            "--spring.threads.virtual.enabled=true",
                            "--server.port=" + barePort);
            measure(aws.sqs(), queue, bare.address(), handler.address());
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
}
