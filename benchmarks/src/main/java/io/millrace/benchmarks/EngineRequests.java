package io.millrace.benchmarks;

import io.millrace.benchmarks.engine.EngineLoad;
import io.millrace.launcher.Launch;
import io.millrace.launcher.LaunchPlan;
import io.millrace.launcher.Part;
import io.millrace.launcher.WebhookSecret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code EngineRequests KIND SECONDS}: the AWS requests that the orchestrator sends for an
 * execution, the machines and the load being those of {@link EngineLoad}.
 */
public final class EngineRequests {

    private static final int CONNECTIONS = 16;

    private EngineRequests() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        System.setProperty("logback.configurationFile", "io/millrace/launcher/logback.xml");
        var plan =
                new LaunchPlan(
                        Set.of(Part.LOCAL_CLOUD, Part.ORCHESTRATOR),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        LaunchPlan.DEFAULT_PREFIX,
                        WebhookSecret.random(),
                        Map.of());
        try (var launched = Launch.start(plan)) {
            var load =
                    EngineLoad.at(
                            launched.service(Part.ORCHESTRATOR).orElseThrow(),
                            launched.endpoint(),
                            CONNECTIONS);
            var _ = load.unobserved(arguments[0], 2);
            var before = RequestCounter.counts();
            print(before, load.unobserved(arguments[0], Integer.parseInt(arguments[1])));
        }
        System.exit(0);
    }

    private static void print(Map<String, Long> before, int executions) {
        new TreeMap<>(RequestCounter.counts())
                .forEach((operation, count) -> {
                    var each = (count - before.getOrDefault(operation, 0L)) / (double) executions;
                    if (each >= 0.0005) {
                        System.out.printf(Locale.ROOT, "| %s | %.3f |%n", operation, each);
                    }
                });
    }
}
