package io.millrace.launcher.demo;

import io.millrace.launcher.WebhookSecret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Does what users and their systems do: uploads, calls, writes, lists of orders. */
public final class Triggers {

    /** The header line of {@link #orders}. */
    private static final String ORDERS_HEADER = "id,customer,article,quantity,price\n";

    private final Aws aws;
    private final HttpClient http = HttpClient.newHttpClient();
    private final InstantSource clock;

    public Triggers(Aws aws, InstantSource clock) {
        this.aws = aws;
        this.clock = clock;
    }

    /** An upload, as {@code aws s3 cp} does it. */
    public void upload(String key, byte[] content, String contentType) {
        put("UploadsBucket", key, content, contentType);
    }

    /** An object that a batch reads. */
    public void layOut(String key, byte[] content, String contentType) {
        put("BatchesBucket", key, content, contentType);
    }

    private void put(String bucket, String key, byte[] content, String contentType) {
        aws.s3()
                .putObject(
                        request ->
                                request.bucket(aws.name(bucket)).key(key).contentType(contentType),
                        RequestBody.fromBytes(content));
    }

    /** A signed webhook. */
    public HttpResponse<String> webhook(URI handler, WebhookSecret secret, String id, String body)
            throws IOException, InterruptedException {
        var timestamp = clock.instant().getEpochSecond();
        var request =
                HttpRequest.newBuilder(handler.resolve("/webhooks/demo"))
                        .header("content-type", "application/json")
                        .header("webhook-id", id)
                        .header("webhook-timestamp", String.valueOf(timestamp))
                        .header("webhook-signature", secret.signature(id, timestamp, body))
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** A batch, started by hand, once per token. */
    public HttpResponse<String> startBatch(URI batchJob, String key, String token)
            throws IOException, InterruptedException {
        var body = "{\"bucket\":\"%s\",\"key\":\"%s\"}".formatted(aws.name("BatchesBucket"), key);
        var request =
                HttpRequest.newBuilder(batchJob.resolve("/jobs"))
                        .header("content-type", "application/json")
                        .header("idempotency-key", token)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** A change of the table that data-sync watches. */
    public void write(Map<String, String> item) {
        aws.dynamoDb()
                .putItem(request ->
                        request.tableName(aws.name("RecordsTable"))
                                .item(
                                        item.entrySet().stream()
                                                .collect(
                                                        Collectors.toMap(
                                                                Map.Entry::getKey,
                                                                each ->
                                                                        AttributeValue.fromS(
                                                                                each
                                                                                        .getValue())))));
    }

    /**
     * A list of orders as CSV.
     *
     * @param lines how many, besides the header
     * @param malformed the line, counted from 1, that lacks most of its columns; 0 for none
     */
    public static String orders(int lines, int malformed, long seed) {
        var random = new Random(seed);
        return IntStream.rangeClosed(1, lines)
                .mapToObj(line ->
                        line == malformed
                                ? "order-%05d,\"customer\n".formatted(line).replace("\"", "")
                                : String.format(
                                        Locale.ROOT,
                                        "order-%05d,customer-%03d,article-%02d,%d,%.2f%n",
                                        line,
                                        random.nextInt(200),
                                        random.nextInt(40),
                                        random.nextInt(1, 9),
                                        random.nextDouble(1, 500)))
                .collect(Collectors.joining("", ORDERS_HEADER, ""));
    }
}
