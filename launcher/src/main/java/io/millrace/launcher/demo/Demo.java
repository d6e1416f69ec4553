package io.millrace.launcher.demo;

import io.millrace.launcher.WebhookSecret;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One walk through the whole pipeline with real input, good and bad. */
public final class Demo {

    /** The object that the schedule looks for. */
    public static final String BATCH_KEY = "demo/orders.csv";

    private static final int BATCH_LINES = 1000;
    private static final int MALFORMED_LINE = 500;
    private static final long SEED = 20261123;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** How long nothing more may come once everything is there. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final Expected EXPECTED =
            new Expected(
                    Map.of(
                            Path.IMAGE,
                            3,
                            Path.WEBHOOK,
                            3,
                            Path.TABLE,
                            4,
                            Path.BATCH,
                            BATCH_LINES - 1),
                    Map.of(Path.IMAGE, 1, Path.WEBHOOK, 1, Path.TABLE, 1, Path.BATCH, 1),
                    1);

    private final PrintWriter out;
    private final Aws aws;
    private final Triggers triggers;
    private final boolean terminal;

    public Demo(PrintWriter out, Aws aws, boolean terminal) {
        this.out = out;
        this.aws = aws;
        this.triggers = new Triggers(aws, InstantSource.system());
        this.terminal = terminal;
    }

    /** Lays out what the schedule will find when it fires. */
    public void prepareBatch() {
        triggers.layOut(
                BATCH_KEY,
                Triggers.orders(BATCH_LINES, MALFORMED_LINE, SEED).getBytes(StandardCharsets.UTF_8),
                "text/csv");
    }

    private void startBatch(URI batchJob) throws IOException, InterruptedException {
        var response = triggers.startBatch(batchJob, BATCH_KEY, "demo");
        if (response.statusCode() != 202) {
            throw new IllegalStateException(
                    "the batch was answered %d: %s"
                            .formatted(response.statusCode(), response.body()));
        }
    }

    /** Whether the pipeline has done anything yet. */
    public boolean hasResults() {
        return !aws.dynamoDb()
                .scan(request -> request.tableName(aws.name("ResultsTable")).limit(1))
                .items()
                .isEmpty();
    }

    /**
     * Sends everything, watches, reports.
     *
     * @param batchJob is asked to read what was laid out, where no schedule has it read
     * @return whether all that was sent ended where it belongs, once
     */
    public boolean run(URI webhooks, WebhookSecret secret, Optional<URI> batchJob)
            throws IOException, InterruptedException {
        var started = System.nanoTime();
        try (var observer = new Observer(aws, "demo-subscriber")) {
            // Not before: a warm pipeline announces lines before the subscriber is there.
            if (batchJob.isPresent()) {
                startBatch(batchJob.get());
            }
            sendImages();
            sendWebhooks(webhooks, secret);
            writeRecords();
            var seen = watch(observer, started);
            return new Report(out, aws, EXPECTED).print(seen, observer, since(started));
        }
    }

    private void sendImages() {
        var photographs = new Photographs(SEED);
        triggers.upload("demo/valley.jpg", photographs.landscape(4000, 3000), "image/jpeg");
        triggers.upload("demo/ridge sideways.jpg", photographs.turned(3000, 2000), "image/jpeg");
        triggers.upload("demo/lake.jpg", photographs.landscape(2400, 1600), "image/jpeg");
        triggers.upload("demo/broken off.jpg", photographs.truncated(1600, 1200), "image/jpeg");
        out.println("  sent 4 photographs to S3, one of them broken off halfway");
    }

    private void sendWebhooks(URI handler, WebhookSecret secret)
            throws IOException, InterruptedException {
        for (var order = 1; order <= 3; order++) {
            send(
                    handler,
                    secret,
                    "msg_demo_" + order,
                    "{\"type\":\"order.created\",\"data\":{\"order\":%d}}".formatted(order));
        }
        // Senders repeat themselves when an answer is lost; it must make no difference.
        send(handler, secret, "msg_demo_1", "{\"type\":\"order.created\",\"data\":{\"order\":1}}");
        send(handler, secret, "msg_demo_bad", "{\"data\":\"a message without a type\"}");
        out.println("  sent 4 signed webhooks, one of them twice, one without a type");
    }

    private void send(URI handler, WebhookSecret secret, String id, String body)
            throws IOException, InterruptedException {
        var response = triggers.webhook(handler, secret, id, body);
        if (response.statusCode() != 202) {
            throw new IllegalStateException(
                    "the webhook %s was answered %d: %s"
                            .formatted(id, response.statusCode(), response.body()));
        }
    }

    private void writeRecords() {
        for (var customer = 1; customer <= 4; customer++) {
            triggers.write(
                    Map.of(
                            "pk",
                            "customer#" + customer,
                            "sk",
                            "profile",
                            "type",
                            "customer",
                            "name",
                            "Customer " + customer));
        }
        triggers.write(
                Map.of("pk", "customer#5", "sk", "profile", "name", "a record without a type"));
        out.println("  wrote 5 items to the table, one of them without a type");
        out.printf(
                "  a list of %d orders waits for the schedule, line %d of it is malformed%n%n",
                BATCH_LINES, MALFORMED_LINE);
        out.flush();
    }

    private Observations watch(Observer observer, long started) {
        var board = new Board(out, EXPECTED, terminal);
        var seen = Observations.nothing();
        var completeSince = Duration.ZERO;
        while (since(started).compareTo(PATIENCE) < 0) {
            var now = since(started);
            seen = observer.look(seen, now);
            board.show(seen, now);
            if (!seen.complete(EXPECTED)) {
                completeSince = Duration.ZERO;
            } else if (completeSince.isZero()) {
                completeSince = now;
            } else if (now.minus(completeSince).compareTo(SETTLED) > 0) {
                break;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return seen;
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
