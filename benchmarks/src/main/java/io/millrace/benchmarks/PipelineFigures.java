package io.millrace.benchmarks;

import io.millrace.launcher.Launch;
import io.millrace.launcher.LaunchPlan;
import io.millrace.launcher.Launched;
import io.millrace.launcher.Part;
import io.millrace.launcher.WebhookSecret;
import io.millrace.launcher.demo.Aws;
import io.millrace.launcher.demo.Observer;
import io.millrace.launcher.demo.Photographs;
import io.millrace.launcher.demo.Triggers;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Events per second from trigger to notification, and AWS requests per event, for each of the four
 * paths, one after the other in one JVM with the embedded endpoint.
 */
public final class PipelineFigures {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final PrintStream out;
    private final Launched launched;
    private final Aws aws;
    private final Observer observer;
    private final Triggers triggers;

    private PipelineFigures(PrintStream out, Launched launched, Aws aws) {
        this.out = out;
        this.launched = launched;
        this.aws = aws;
        this.observer = new Observer(aws, "figures-subscriber");
        this.triggers = new Triggers(aws, InstantSource.system());
    }

    /** A way into the pipeline. */
    private interface Send {
        void all(int round) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        System.setProperty("logback.configurationFile", "io/millrace/launcher/logback.xml");
        RequestCounter.ignoreThisThread();
        var started = System.nanoTime();
        try (var launched = Launch.start(LaunchPlan.inMemory(WebhookSecret.random()));
                var aws =
                        Aws.at(
                                launched.endpoint(),
                                launched.endpoint(),
                                LaunchPlan.DEFAULT_PREFIX)) {
            var ready = Duration.ofNanos(System.nanoTime() - started);
            new PipelineFigures(System.out, launched, aws).run(ready);
        }
        System.exit(0);
    }

    private void run(Duration ready) throws Exception {
        out.printf(Locale.ROOT, "ready after %.1f s%n%n", ready.toMillis() / 1000.0);
        idle();
        var photograph = new Photographs(1).landscape(1600, 1200);
        measure("S3 upload (1600 × 1200 px)", 60, round -> upload(round, photograph));
        measure("webhook", 500, this::webhooks);
        measure("table change", 500, this::writes);
        measure("batch line", 2000, this::batch);
        var memory = ManagementFactory.getMemoryMXBean();
        System.gc();
        out.printf(
                "%nheap after GC %d MB, metaspace and code %d MB%n",
                memory.getHeapMemoryUsage().getUsed() >> 20,
                memory.getNonHeapMemoryUsage().getUsed() >> 20);
    }

    private void idle() {
        var before = RequestCounter.counts();
        LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
        out.println("idle, requests per second");
        print(before, 20, 0.005);
    }

    /** Once to warm up, once for the figure. */
    private void measure(String name, int events, Send send) throws Exception {
        round(events, send, 0);
        var before = RequestCounter.counts();
        var seconds = round(events, send, 1);
        out.printf(
                Locale.ROOT,
                "%n%s: %d events in %.1f s, %.0f a second%n",
                name,
                events,
                seconds,
                events / seconds);
        print(before, events, 0.01);
    }

    private double round(int events, Send send, int round) throws Exception {
        observer.receive();
        var wanted = observer.announced().size() + events;
        var started = System.nanoTime();
        send.all(round * 1_000_000 + events);
        while (observer.announced().size() < wanted) {
            if (System.nanoTime() - started > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "%d of %d notifications came"
                                .formatted(observer.announced().size(), wanted));
            }
            observer.receive();
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private void print(Map<String, Long> before, double per, double least) {
        new TreeMap<>(RequestCounter.counts())
                .forEach((operation, count) -> {
                    var each = (count - before.getOrDefault(operation, 0L)) / per;
                    if (each >= least) {
                        out.printf(Locale.ROOT, "  %-36s %6.2f%n", operation, each);
                    }
                });
    }

    private void upload(int round, byte[] photograph) {
        for (var number = 0; number < round % 1_000_000; number++) {
            triggers.upload("figures/%d/%d.jpg".formatted(round, number), photograph, "image/jpeg");
        }
    }

    private void webhooks(int round) throws Exception {
        var handler = launched.service(Part.WEBHOOK_HANDLER).orElseThrow();
        for (var number = 0; number < round % 1_000_000; number++) {
            triggers.webhook(
                    handler,
                    launched.plan().webhookSecret(),
                    "msg_%d_%d".formatted(round, number),
                    "{\"type\":\"order.created\",\"data\":{\"order\":%d}}".formatted(number));
        }
    }

    private void writes(int round) {
        for (var number = 0; number < round % 1_000_000; number++) {
            triggers.write(
                    Map.of(
                            "pk",
                            "figures#" + round,
                            "sk",
                            String.valueOf(number),
                            "type",
                            "customer"));
        }
    }

    private void batch(int round) throws Exception {
        var key = "figures/%d.csv".formatted(round);
        var lines = round % 1_000_000 - 1; // the batch's own notification is the last event
        triggers.layOut(
                key, Triggers.orders(lines, 0, round).getBytes(StandardCharsets.UTF_8), "text/csv");
        URI jobs = launched.service(Part.BATCH_JOB).orElseThrow().resolve("/jobs");
        var body = "{\"bucket\":\"%s\",\"key\":\"%s\"}".formatted(aws.name("BatchesBucket"), key);
        try (var http = HttpClient.newHttpClient()) {
            var response =
                    http.send(
                            HttpRequest.newBuilder(jobs)
                                    .header("content-type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString());
            if (response.statusCode() != 202) {
                throw new IllegalStateException(response.body());
            }
        }
    }
}
