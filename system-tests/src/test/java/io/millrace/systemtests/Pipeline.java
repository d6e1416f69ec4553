package io.millrace.systemtests;

import io.millrace.cloudresources.ResourceTemplate;
import io.millrace.launcher.Launch;
import io.millrace.launcher.LaunchPlan;
import io.millrace.launcher.Launched;
import io.millrace.launcher.Part;
import io.millrace.launcher.WebhookSecret;
import io.millrace.launcher.demo.Aws;
import io.millrace.launcher.demo.Observer;
import io.millrace.launcher.demo.Triggers;
import io.millrace.localcloud.LocalCloud;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

/**
 * The seven services on an endpoint, with resources of their own. A service runs in this JVM, or in
 * a process of its own, which can be killed.
 */
final class Pipeline implements AutoCloseable {

    private static final @Nullable String EXTERNAL = System.getenv("AWS_ENDPOINT_URL");

    private final Launched launched;
    private final @Nullable LocalCloud embedded;
    private final Aws aws;
    private final Observer observer;
    private final Map<Part, ServiceProcess> processes = new EnumMap<>(Part.class);

    private Pipeline(Launched launched, @Nullable LocalCloud embedded, Aws aws) {
        this.launched = launched;
        this.embedded = embedded;
        this.aws = aws;
        this.observer = new Observer(aws, launched.plan().prefix() + "subscriber");
    }

    /**
     * Starts all services.
     *
     * @param name what the names of this pipeline's resources start with, before a part that is
     *     another each time: an endpoint may hold what an earlier run left
     * @param apart the services that run in processes of their own or are added later
     */
    static Pipeline start(String name, Set<Part> apart) throws InterruptedException {
        var prefix =
                "%s-%s-".formatted(name, Long.toString(System.currentTimeMillis() % 1_679_616, 36));
        var embedded =
                EXTERNAL == null ? LocalCloud.builder().port(0).prefix(prefix).start() : null;
        var endpoint = embedded == null ? URI.create(EXTERNAL) : embedded.endpoint();
        var orchestratorPort = freePort();
        var orchestrator = URI.create("http://localhost:" + orchestratorPort);
        if (embedded == null) {
            provision(endpoint, prefix);
        } else {
            embedded.statesEndpoint(orchestrator);
        }
        var here = EnumSet.complementOf(EnumSet.of(Part.LOCAL_CLOUD));
        here.removeAll(apart);
        var plan =
                new LaunchPlan(
                        here,
                        Optional.of(endpoint),
                        Map.of(Part.ORCHESTRATOR, orchestratorPort),
                        Optional.empty(),
                        List.of(),
                        prefix,
                        WebhookSecret.random(),
                        Map.of("AWS_ENDPOINT_URL_SFN", orchestrator.toString()));
        return new Pipeline(Launch.start(plan), embedded, Aws.at(endpoint, orchestrator, prefix));
    }

    private static void provision(URI endpoint, String prefix) {
        var anybody = AwsBasicCredentials.create("test", "test");
        try (var cloudFormation =
                CloudFormationClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(anybody))
                        .build()) {
            var stack = prefix + "stack";
            var named = Parameter.builder().parameterKey("Prefix").parameterValue(prefix).build();
            cloudFormation.createStack(request ->
                    request.stackName(stack)
                            .templateBody(ResourceTemplate.millraceText())
                            .parameters(List.of(named)));
            cloudFormation.waiter().waitUntilStackCreateComplete(r -> r.stackName(stack));
        }
    }

    /** Clients as a user has them; their Step Functions is the orchestrator. */
    Aws aws() {
        return aws;
    }

    /** What was announced and what has died since the start. */
    Observer observer() {
        observer.receive();
        return observer;
    }

    Triggers triggers() {
        return new Triggers(aws, InstantSource.system());
    }

    WebhookSecret secret() {
        return launched.plan().webhookSecret();
    }

    /** Where a service listens. */
    URI service(Part part) {
        return Optional.ofNullable(processes.get(part))
                .map(ServiceProcess::address)
                .or(() -> launched.service(part))
                .orElseThrow(() -> new IllegalArgumentException(part + " does not run"));
    }

    /** Starts a service that this pipeline lacks, in this JVM, with settings of its own. */
    void add(Part part, Map<String, String> own) {
        Launch.add(launched, part, own);
    }

    /**
     * Starts a service that this pipeline lacks, in a process of its own, and waits until it is
     * ready.
     */
    void addProcess(Part part, Map<String, String> own) {
        var plan = launched.plan();
        var settings = new HashMap<>(plan.settings());
        settings.putAll(own);
        settings.put("AWS_ENDPOINT_URL", launched.endpoint().toString());
        settings.put("millrace.prefix", plan.prefix());
        settings.put("millrace.webhook.sources.demo.secrets", secret().value());
        var port = Optional.ofNullable(plan.ports().get(part)).orElseGet(Pipeline::freePort);
        processes.put(part, ServiceProcess.start(part, port, settings));
    }

    /** {@code kill -9}. */
    void kill(Part part) {
        var process = processes.remove(part);
        if (process == null) {
            throw new IllegalArgumentException(part + " has no process of its own");
        }
        process.kill();
    }

    @Override
    public void close() {
        processes.values().forEach(ServiceProcess::kill);
        aws.close();
        launched.close();
        if (embedded != null) {
            embedded.close();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
