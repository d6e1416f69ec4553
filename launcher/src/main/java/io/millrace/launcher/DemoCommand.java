package io.millrace.launcher;

import io.millrace.cloudresources.ResourceTemplate;
import io.millrace.launcher.demo.Aws;
import io.millrace.launcher.demo.Demo;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts everything in this JVM, in memory and on free ports, sends photographs, signed"
                    + " webhooks, table writes and a scheduled list of orders, and one bad event of"
                    + " each kind.",
            "With --endpoint, sends the same to a pipeline that runs elsewhere and is new.",
            "Ends with status 0 and 'demo ok: …' if each of them ended where it belongs, once."
        })
final class DemoCommand implements Callable<Integer> {

    /** Second, minute, hour, day and month: the schedule fires once, then not for a year. */
    private static final DateTimeFormatter ONCE =
            DateTimeFormatter.ofPattern("s m H d M '*'", Locale.ROOT);

    /** Long enough for the service that has the schedule to start. */
    private static final int SECONDS_TO_SCHEDULE = 6;

    @Spec private CommandSpec spec = CommandSpec.create();

    @ArgGroup(exclusive = false, heading = "To a pipeline that runs elsewhere:%n")
    private @Nullable Elsewhere elsewhere;

    /** Where the parts of a running pipeline are. */
    static final class Elsewhere {

        @Option(
                names = "--endpoint",
                paramLabel = "URL",
                required = true,
                description = "AWS, or what stands for it.")
        private URI endpoint = URI.create("");

        @Option(
                names = "--orchestrator",
                paramLabel = "URL",
                defaultValue = "http://localhost:8083",
                description = "The orchestrator (default: ${DEFAULT-VALUE}).")
        private URI orchestrator = URI.create("");

        @Option(
                names = "--webhook-handler",
                paramLabel = "URL",
                defaultValue = "http://localhost:8082",
                description =
                        "The webhook handler (default: ${DEFAULT-VALUE}); MILLRACE_WEBHOOK_SECRET_DEMO"
                                + " is the secret that it has for the source demo.")
        private URI webhookHandler = URI.create("");

        @Option(
                names = "--batch-job",
                paramLabel = "URL",
                defaultValue = "http://localhost:8085",
                description =
                        "The batch job, which is asked to read the list (default: ${DEFAULT-VALUE}).")
        private URI batchJob = URI.create("");

        @Option(
                names = "--prefix",
                paramLabel = "P",
                defaultValue = "${env:MILLRACE_PREFIX:-" + LaunchPlan.DEFAULT_PREFIX + "}",
                description =
                        "What the names of its resources start with (default: ${DEFAULT-VALUE}).")
        private String prefix = LaunchPlan.DEFAULT_PREFIX;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        return elsewhere == null ? here() : at(elsewhere);
    }

    private int at(Elsewhere running) throws InterruptedException, IOException {
        var out = spec.commandLine().getOut();
        try (var aws = Aws.at(running.endpoint, running.orchestrator, running.prefix)) {
            var demo = new Demo(out, aws, Terminal.isInteractive());
            if (demo.hasResults()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there are results under the prefix %s already, and the demo counts all of them; "
                                        .formatted(running.prefix)
                                + "give it a pipeline that is new");
            }
            demo.prepareBatch();
            return demo.run(
                            running.webhookHandler,
                            WebhookSecret.fromEnvironment(),
                            Optional.of(running.batchJob))
                    ? 0
                    : 1;
        }
    }

    private int here() throws InterruptedException, IOException {
        var out = spec.commandLine().getOut();
        var secret = WebhookSecret.random();
        out.println("millrace: starting…");
        out.flush();
        var started = System.nanoTime();
        try (var launched = Launch.start(LaunchPlan.inMemory(secret, Part.BATCH_JOB));
                var aws =
                        Aws.at(
                                launched.endpoint(),
                                launched.endpoint(),
                                LaunchPlan.DEFAULT_PREFIX)) {
            var demo = new Demo(out, aws, Terminal.isInteractive());
            demo.prepareBatch();
            Launch.add(launched, Part.BATCH_JOB, scheduled());
            out.printf(
                    Locale.ROOT,
                    "millrace: ready in %.1f s at %s, log in %s%n%n",
                    (System.nanoTime() - started) / 1e9,
                    launched.endpoint(),
                    LogFile.path());
            var webhooks = launched.service(Part.WEBHOOK_HANDLER).orElseThrow();
            var ok = demo.run(webhooks, secret, Optional.empty());
            AotCache.trainInBackground();
            return ok ? 0 : 1;
        }
    }

    private static Map<String, String> scheduled() {
        var at = LocalDateTime.now(ZoneOffset.UTC).plusSeconds(SECONDS_TO_SCHEDULE);
        return Map.of(
                "millrace.batch.cron", ONCE.format(at),
                "millrace.batch.bucket",
                        ResourceTemplate.millrace(LaunchPlan.DEFAULT_PREFIX).name("BatchesBucket"),
                "millrace.batch.key", Demo.BATCH_KEY);
    }
}
