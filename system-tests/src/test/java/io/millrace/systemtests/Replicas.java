package io.millrace.systemtests;

import io.millrace.launcher.Part;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** Orchestrators in processes of their own on one endpoint, which die and come back. */
final class Replicas implements AutoCloseable {

    private final List<Integer> ports = new ArrayList<>();
    private final List<SfnClient> clients = new ArrayList<>();
    private final AtomicReferenceArray<@Nullable ServiceProcess> processes;
    private final Map<String, String> settings;
    private final List<Instant> kills = new CopyOnWriteArrayList<>();

    Replicas(int count, URI endpoint, String prefix) {
        settings =
                new HashMap<>(
                        Map.of("AWS_ENDPOINT_URL", endpoint.toString(), "millrace.prefix", prefix));
        processes = new AtomicReferenceArray<>(count);
        for (var replica = 0; replica < count; replica++) {
            var port = Deployment.freePort();
            ports.add(port);
            clients.add(client(URI.create("http://localhost:" + port)));
            start(replica);
        }
    }

    /** When each process was killed. */
    List<Instant> kills() {
        return kills;
    }

    /** Asks replicas, one after the other, until one answers. */
    <T> T ask(Function<SfnClient, T> question) {
        for (var turn = (int) (Thread.currentThread().threadId() % clients.size()); ; turn++) {
            var replica = turn % clients.size();
            if (processes.get(replica) == null) {
                Thread.onSpinWait();
                continue;
            }
            try {
                return question.apply(clients.get(replica));
            } catch (SdkClientException _) {
                // It was killed; another one answers.
            } catch (SfnException e) {
                if (e.statusCode() < 500) {
                    throw e;
                }
            }
        }
    }

    /** Kills one or two of them, lets them lie for a while and starts them again. */
    void killSome(RandomGenerator random) throws InterruptedException {
        var first = random.nextInt(ports.size());
        var dead = new ArrayList<>(List.of(first));
        if (random.nextInt(4) == 0) {
            dead.add((first + 1) % ports.size());
        }
        for (var replica : dead) {
            var process = processes.getAndSet(replica, null);
            if (process != null) {
                kills.add(Instant.now());
                process.kill();
            }
        }
        Thread.sleep(random.nextInt(3_000));
        try (var starts = Executors.newVirtualThreadPerTaskExecutor()) {
            dead.forEach(replica -> starts.execute(() -> start(replica)));
        }
    }

    private void start(int replica) {
        processes.set(
                replica, ServiceProcess.start(Part.ORCHESTRATOR, ports.get(replica), settings));
    }

    private static SfnClient client(URI endpoint) {
        return SfnClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test")))
                .build();
    }

    @Override
    public void close() {
        for (var replica = 0; replica < processes.length(); replica++) {
            var process = processes.getAndSet(replica, null);
            if (process != null) {
                process.kill();
            }
        }
        clients.forEach(SfnClient::close);
    }
}
