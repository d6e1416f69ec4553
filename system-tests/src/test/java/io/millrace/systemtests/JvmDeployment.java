package io.millrace.systemtests;

import io.millrace.lambdaadapter.OtlpReceiver;
import io.millrace.launcher.Launch;
import io.millrace.launcher.LaunchPlan;
import io.millrace.launcher.Launched;
import io.millrace.launcher.Part;
import io.millrace.launcher.Provisioning;
import io.millrace.launcher.WebhookSecret;
import io.millrace.localcloud.LocalCloud;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Services in this JVM, or each in a process of its own, on the embedded endpoint or the one that
 * {@code AWS_ENDPOINT_URL} names.
 */
final class JvmDeployment implements Deployment {

    private static final @Nullable String EXTERNAL = System.getenv("AWS_ENDPOINT_URL");

    private final URI endpoint;
    private final String prefix;
    private final WebhookSecret secret;
    private final OtlpReceiver receiver = OtlpReceiver.start();
    private final int orchestratorPort = Deployment.freePort();
    private final @Nullable LocalCloud embedded;
    private final Map<Part, ServiceProcess> processes = new EnumMap<>(Part.class);
    private @Nullable Launched launched;

    private JvmDeployment(String prefix, WebhookSecret secret) {
        this.prefix = prefix;
        this.secret = secret;
        if (EXTERNAL == null) {
            embedded = LocalCloud.builder().port(0).prefix(prefix).start();
            embedded.statesEndpoint(orchestrator());
            endpoint = embedded.endpoint();
        } else {
            embedded = null;
            endpoint = URI.create(EXTERNAL);
            Provisioning.createStack(endpoint, prefix);
        }
    }

    /**
     * Starts all services but those.
     *
     * @param processesOnly whether each has a process of its own
     */
    static JvmDeployment start(
            String prefix, WebhookSecret secret, Set<Part> apart, boolean processesOnly)
            throws InterruptedException {
        var deployment = new JvmDeployment(prefix, secret);
        var wanted = EnumSet.complementOf(EnumSet.of(Part.LOCAL_CLOUD));
        wanted.removeAll(apart);
        if (processesOnly) {
            wanted.forEach(part -> deployment.addKillable(part, Map.of()));
        } else {
            deployment.launched = Launch.start(deployment.plan(wanted));
        }
        return deployment;
    }

    private LaunchPlan plan(Set<Part> parts) {
        return new LaunchPlan(
                parts,
                Optional.of(endpoint),
                Map.of(Part.ORCHESTRATOR, orchestratorPort),
                Optional.empty(),
                List.of(),
                prefix,
                secret,
                settings());
    }

    /** What all services have in common. */
    private Map<String, String> settings() {
        var settings = new HashMap<>(receiver.settings());
        settings.put("AWS_ENDPOINT_URL_SFN", orchestrator().toString());
        // A service that is replaced ends when its polls have: none leaves one behind.
        settings.put("spring.cloud.stream.aws.default.consumer.wait-time", "1s");
        return settings;
    }

    @Override
    public Optional<OtlpReceiver> receiver() {
        return Optional.of(receiver);
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public URI orchestrator() {
        return URI.create("http://localhost:" + orchestratorPort);
    }

    @Override
    public Duration startTime() {
        return Duration.ofSeconds(10);
    }

    @Override
    public URI service(Part part) {
        return Optional.ofNullable(processes.get(part))
                .map(ServiceProcess::address)
                .or(() -> Optional.ofNullable(launched).flatMap(each -> each.service(part)))
                .orElseThrow(() -> new IllegalArgumentException(part + " does not run"));
    }

    @Override
    public void add(Part part, Map<String, String> own) {
        if (launched == null) {
            addKillable(part, own);
        } else {
            Launch.add(launched, part, own);
        }
    }

    @Override
    public void addKillable(Part part, Map<String, String> own) {
        var settings = new HashMap<>(settings());
        settings.putAll(own);
        settings.put("AWS_ENDPOINT_URL", endpoint.toString());
        settings.put("millrace.prefix", prefix);
        settings.put("millrace.webhook.sources.demo.secrets", secret.value());
        var port = part == Part.ORCHESTRATOR ? orchestratorPort : Deployment.freePort();
        var before = processes.put(part, ServiceProcess.start(part, port, settings));
        if (before != null) {
            before.kill();
        }
    }

    @Override
    public void kill(Part part) {
        var process = processes.remove(part);
        if (process == null) {
            throw new IllegalArgumentException(part + " has no process of its own");
        }
        process.kill();
    }

    @Override
    public void close() {
        processes.values().forEach(ServiceProcess::kill);
        if (launched != null) {
            launched.close();
        }
        if (embedded != null) {
            embedded.close();
        }
        receiver.close();
    }
}
