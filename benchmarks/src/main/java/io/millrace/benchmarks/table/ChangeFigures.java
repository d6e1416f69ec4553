package io.millrace.benchmarks.table;

import io.millrace.benchmarks.Servers;
import io.millrace.datasync.DataSyncApplication;
import io.millrace.launcher.LaunchPlan;
import io.millrace.launcher.demo.Aws;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * From a write to the table, before its request is sent, until whoever polls the queue {@code load}
 * has its load request: local-cloud and data-sync in processes of their own. Writes come one by one
 * with pauses of a random length, so that none profits from data-sync's rhythm.
 */
public final class ChangeFigures {

    private static final int WARM_UP = 200;
    private static final int CHANGES = 500;
    private static final int LONGEST_PAUSE_MILLIS = 150;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern NUMBER = Pattern.compile("\"sk\":\"(\\d+)\"");

    private final Aws aws;
    private final String queue;
    private final String table;
    private final Map<Integer, Long> received = new ConcurrentHashMap<>();

    private ChangeFigures(Aws aws) {
        this.aws = aws;
        this.queue = aws.queueUrl("LoadQueue");
        this.table = aws.name("RecordsTable");
    }

    public static void main(String[] arguments) throws Exception {
        try (var servers = new Servers()) {
            var endpoint = servers.startLocalCloud("512m");
            var port = Servers.freePort();
            servers.start(
                    DataSyncApplication.class,
                    port,
                    _ -> true,
                    "256m",
                    "--AWS_ENDPOINT_URL=" + endpoint,
                    "--server.port=" + port);
            try (var aws = Aws.at(endpoint, endpoint, LaunchPlan.DEFAULT_PREFIX)) {
                new ChangeFigures(aws).run();
            }
        }
    }

    private void run() {
        Thread.ofPlatform().daemon().start(this::receive);
        round(0, WARM_UP);
        var millis = round(WARM_UP, CHANGES);
        System.out.printf(
                Locale.ROOT,
                "%d changes: p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, longest %.0f ms%n",
                millis.length,
                quantile(millis, 0.5),
                quantile(millis, 0.9),
                quantile(millis, 0.99),
                quantile(millis, 1));
    }

    private double[] round(int from, int count) {
        var sent = new long[count];
        for (var n = 0; n < count; n++) {
            LockSupport.parkNanos(
                    Duration.ofMillis(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS))
                            .toNanos());
            sent[n] = System.nanoTime();
            write(from + n);
        }
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (received.size() < from + count) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        "%d of %d changes came".formatted(received.size(), from + count));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        var millis = new double[count];
        Arrays.setAll(millis, n -> (received.getOrDefault(from + n, 0L) - sent[n]) / 1e6);
        Arrays.sort(millis);
        return millis;
    }

    private void write(int number) {
        aws.dynamoDb()
                .putItem(request ->
                        request.tableName(table)
                                .item(
                                        Map.of(
                                                "pk", AttributeValue.fromS("figures"),
                                                "sk", AttributeValue.fromS("" + number),
                                                "type", AttributeValue.fromS("customer"))));
    }

    private void receive() {
        while (true) {
            var messages =
                    aws.sqs()
                            .receiveMessage(request ->
                                    request.queueUrl(queue)
                                            .maxNumberOfMessages(10)
                                            .waitTimeSeconds(20))
                            .messages();
            var now = System.nanoTime();
            for (var message : messages) {
                var number = NUMBER.matcher(message.body());
                if (number.find()) {
                    received.putIfAbsent(Integer.parseInt(number.group(1)), now);
                }
            }
            if (!messages.isEmpty()) {
                aws.sqs()
                        .deleteMessageBatch(request ->
                                request.queueUrl(queue)
                                        .entries(
                                                messages.stream()
                                                        .map(message ->
                                                                DeleteMessageBatchRequestEntry
                                                                        .builder()
                                                                        .id(message.messageId())
                                                                        .receiptHandle(
                                                                                message
                                                                                        .receiptHandle())
                                                                        .build())
                                                        .toList()));
            }
        }
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }
}
