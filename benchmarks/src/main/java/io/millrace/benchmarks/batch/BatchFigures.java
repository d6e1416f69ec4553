package io.millrace.benchmarks.batch;

import io.millrace.batchjob.BatchJobApplication;
import io.millrace.benchmarks.Servers;
import io.millrace.launcher.LaunchPlan;
import io.millrace.launcher.demo.Aws;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gigabyte of JSON Lines or CSV, read from S3 and sent line by line to SQS by batch-job in a heap
 * of 256 MB. The endpoint holds object and messages in a process of its own.
 */
public final class BatchFigures {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PART = 16 * 1024 * 1024;
    private static final long MEGABYTE = 1024 * 1024;

    private BatchFigures() {}

    /** Arguments: the object's name, whose ending is its format, its megabytes, bytes of a line. */
    public static void main(String[] arguments) throws Exception {
        var key = arguments.length > 0 ? arguments[0] : "lines.jsonl";
        var megabytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1024;
        var line = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000;
        try (var servers = new Servers()) {
            var cloud = servers.startLocalCloud("8g");
            try (var aws = Aws.at(cloud, cloud, LaunchPlan.DEFAULT_PREFIX)) {
                var bucket = aws.name("BatchesBucket");
                var lines = upload(aws.s3(), bucket, key, megabytes * MEGABYTE, line);
                var servicePort = Servers.freePort();
                var service =
                        servers.start(
                                BatchJobApplication.class,
                                servicePort,
                                _ -> true,
                                "256m",
                                "--AWS_ENDPOINT_URL=" + cloud,
                                "--server.port=" + servicePort);
                run(service, bucket, key, lines, megabytes);
            }
        }
    }

    private static void run(
            Servers.Started service, String bucket, String key, long lines, int megabytes)
            throws Exception {
        var begun = System.nanoTime();
        try (var http = HttpClient.newHttpClient()) {
            var wanted = JSON.writeValueAsString(Map.of("bucket", bucket, "key", key));
            var jobs = URI.create(service.address() + "/jobs");
            var started =
                    ask(
                            http,
                            HttpRequest.newBuilder(jobs)
                                    .header("content-type", "application/json")
                                    .POST(BodyPublishers.ofString(wanted)));
            var job = URI.create(jobs + "/" + started.path("id").asString());
            var view = ask(http, HttpRequest.newBuilder(job));
            while (!view.has("total") && view.path("status").asString().equals("RUNNING")) {
                Thread.sleep(500);
                view = ask(http, HttpRequest.newBuilder(job));
            }
            var seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %s, %d of %d lines sent in %.1f s: %.1f MB/s, %.0f lines/s, peak RSS %d MB%n",
                    key,
                    view.path("status").asString(),
                    view.path("sent").asLong(),
                    lines,
                    seconds,
                    megabytes / seconds,
                    lines / seconds,
                    peakMegabytes(service.process()));
        }
    }

    private static JsonNode ask(HttpClient http, HttpRequest.Builder request) throws Exception {
        return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    }

    private static long peakMegabytes(Process process) throws Exception {
        try (var status = Files.lines(Path.of("/proc", "" + process.pid(), "status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        }
    }

    /** Puts an object of lines, a part at a time; the answer is how many lines it has. */
    private static long upload(S3Client s3, String bucket, String key, long bytes, int line) {
        var upload =
                s3.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
        var parts = new ArrayList<CompletedPart>();
        var csv = key.endsWith(".csv");
        var buffer = new StringBuilder(csv ? "id,text\n" : "");
        var filler = "x".repeat(line);
        var lines = 0L;
        var sent = 0L;
        while (sent < bytes) {
            while (buffer.length() < PART) {
                lines++;
                buffer.append(
                        csv
                                ? "%d,%s\n".formatted(lines, filler)
                                : "{\"id\":\"%d\",\"text\":\"%s\"}\n".formatted(lines, filler));
            }
            var number = parts.size() + 1;
            var body = buffer.toString().getBytes(StandardCharsets.US_ASCII);
            buffer.setLength(0);
            var answer =
                    s3.uploadPart(
                            request ->
                                    request.bucket(bucket)
                                            .key(key)
                                            .uploadId(upload)
                                            .partNumber(number),
                            RequestBody.fromBytes(body));
            parts.add(CompletedPart.builder().partNumber(number).eTag(answer.eTag()).build());
            sent += body.length;
        }
        s3.completeMultipartUpload(request ->
                request.bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(completed -> completed.parts(parts)));
        return lines;
    }
}
