package io.millrace.launcher;

import io.millrace.localcloud.LocalCloud;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts local-cloud and then the services, each in a context of its own. Services know nothing of
 * each other: what they say to each other goes through the endpoint, here as everywhere.
 */
public final class Launch {

    private static final Logger log = LoggerFactory.getLogger(Launch.class);

    private Launch() {}

    /**
     * Starts what the plan says and returns when all of it is ready.
     *
     * @throws IllegalStateException if a part does not start; what had started is stopped again
     */
    public static Launched start(LaunchPlan plan) throws InterruptedException {
        var cloud = plan.parts().contains(Part.LOCAL_CLOUD) ? cloud(plan) : null;
        var endpoint = cloud == null ? plan.endpoint().orElseThrow() : cloud.endpoint();
        var launched = new Launched(plan, cloud, endpoint);
        try {
            startServices(launched);
        } catch (IllegalStateException | InterruptedException e) {
            launched.close();
            throw e;
        }
        launched.service(Part.ORCHESTRATOR)
                .ifPresent(orchestrator -> {
                    if (cloud != null) {
                        cloud.statesEndpoint(orchestrator);
                    }
                });
        return launched;
    }

    /**
     * Starts one more service, with settings of its own, beside those that run. If it runs already,
     * the new one takes its place, as in a deployment: the old one stops when the new one is ready.
     */
    public static void add(Launched launched, Part part, Map<String, String> settings) {
        var application =
                part.application()
                        .orElseThrow(() -> new IllegalArgumentException(part + " is no service"));
        launched.started(
                part,
                application
                        .get()
                        .registerShutdownHook(false)
                        .run(arguments(launched, part, settings)));
        log.debug("{} is ready", part);
    }

    private static LocalCloud cloud(LaunchPlan plan) {
        var builder = LocalCloud.builder().port(plan.port(Part.LOCAL_CLOUD)).prefix(plan.prefix());
        plan.dataDir().ifPresent(builder::dataDir);
        return builder.start();
    }

    private static void startServices(Launched launched) throws InterruptedException {
        // Platform threads: on virtual ones class loading can pin all carriers, and nothing moves.
        var threads = Thread.ofPlatform().name("start-", 0).factory();
        try (var executor = Executors.newThreadPerTaskExecutor(threads)) {
            var starts = new ArrayList<Callable<Void>>();
            for (var part : launched.plan().parts()) {
                if (part.application().isPresent()) {
                    starts.add(() -> {
                        add(launched, part, Map.of());
                        return null;
                    });
                }
            }
            for (var start : executor.invokeAll(starts)) {
                check(start);
            }
        }
    }

    private static void check(Future<Void> start) throws InterruptedException {
        try {
            start.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a service did not start", e.getCause());
        }
    }

    private static String[] arguments(Launched launched, Part part, Map<String, String> settings) {
        var plan = launched.plan();
        var properties = new HashMap<>(plan.settings());
        properties.putAll(settings);
        properties.put("AWS_ENDPOINT_URL", launched.endpoint().toString());
        properties.put("millrace.prefix", plan.prefix());
        properties.put("server.address", "127.0.0.1");
        properties.put("server.port", String.valueOf(plan.port(part)));
        switch (part) {
            case WEBHOOK_HANDLER ->
                    properties.put(
                            "millrace.webhook.sources.demo.secrets", plan.webhookSecret().value());
            case ORCHESTRATOR -> properties.put("millrace.orchestrator.workflows", workflows(plan));
            default -> {}
        }
        return properties.entrySet().stream()
                .map(property -> "--%s=%s".formatted(property.getKey(), property.getValue()))
                .toArray(String[]::new);
    }

    private static String workflows(LaunchPlan plan) {
        return plan.workflows().stream()
                .map(file -> file.toAbsolutePath().toString())
                .collect(Collectors.joining(","));
    }
}
