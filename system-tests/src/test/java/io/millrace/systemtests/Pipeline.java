package io.millrace.systemtests;

import io.millrace.lambdaadapter.OtlpReceiver;
import io.millrace.launcher.Part;
import io.millrace.launcher.WebhookSecret;
import io.millrace.launcher.demo.Aws;
import io.millrace.launcher.demo.Observer;
import io.millrace.launcher.demo.Triggers;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The seven services on an endpoint, with resources of their own. {@code MILLRACE_TARGET} says how
 * they run: in this JVM ({@code jvm}, the default), in {@code processes}, with {@code compose}, as
 * {@code lambda} functions.
 */
final class Pipeline implements AutoCloseable {

    private final Deployment deployment;
    private final String prefix;
    private final WebhookSecret secret;
    private final Aws aws;
    private final Observer observer;

    private Pipeline(Deployment deployment, String prefix, WebhookSecret secret) {
        this.deployment = deployment;
        this.prefix = prefix;
        this.secret = secret;
        this.aws = Aws.at(deployment.endpoint(), deployment.orchestrator(), prefix);
        this.observer = new Observer(aws, prefix + "subscriber");
    }

    /**
     * Starts all services.
     *
     * @param name what the names of this pipeline's resources start with, before a part that is
     *     another each time: an endpoint may hold what an earlier run left
     * @param apart the services that are added later
     */
    static Pipeline start(String name, Set<Part> apart) throws InterruptedException {
        var prefix =
                "%s-%s-".formatted(name, Long.toString(System.currentTimeMillis() % 1_679_616, 36));
        var secret = WebhookSecret.random();
        var target = System.getenv().getOrDefault("MILLRACE_TARGET", "jvm");
        return new Pipeline(deploy(target, prefix, secret, apart), prefix, secret);
    }

    private static Deployment deploy(
            String target, String prefix, WebhookSecret secret, Set<Part> apart)
            throws InterruptedException {
        return switch (target) {
            case "jvm" -> JvmDeployment.start(prefix, secret, apart, false);
            case "processes" -> JvmDeployment.start(prefix, secret, apart, true);
            case "compose" -> ComposeDeployment.start(prefix, secret, apart);
            case "lambda" -> LambdaDeployment.start(prefix, secret, apart);
            default ->
                    throw new IllegalArgumentException(
                            "MILLRACE_TARGET is %s; use jvm, processes, compose or lambda"
                                    .formatted(target));
        };
    }

    /** Clients as a user has them; their Step Functions is the orchestrator. */
    Aws aws() {
        return aws;
    }

    /** Where AWS is. */
    URI endpoint() {
        return deployment.endpoint();
    }

    /** What the names of all resources start with. */
    String prefix() {
        return prefix;
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
        return secret;
    }

    /** What receives the services' traces, if something does. */
    Optional<OtlpReceiver> receiver() {
        return deployment.receiver();
    }

    /** Where a service listens. */
    URI service(Part part) {
        return deployment.service(part);
    }

    /** How long {@link #add} takes at most. */
    Duration startTime() {
        return deployment.startTime();
    }

    /** Starts a service with settings of its own, in place of the one that runs, if one does. */
    void add(Part part, Map<String, String> own) {
        deployment.add(part, own);
    }

    /** The same, so that it can be killed. */
    void addKillable(Part part, Map<String, String> own) {
        deployment.addKillable(part, own);
    }

    /** {@code kill -9}. */
    void kill(Part part) {
        deployment.kill(part);
    }

    @Override
    public void close() {
        aws.close();
        deployment.close();
    }
}
