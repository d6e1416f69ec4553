package io.millrace.benchmarks.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signed webhooks, so many under way at once, none of them twice. */
record Load(HttpClient http, URI server, SecretKeySpec key, int atOnce) {

    /**
     * What came of it.
     *
     * @param nanos how long each took, in order of length
     */
    record Figures(double seconds, int refused, List<Long> nanos) {

        double perSecond() {
            return nanos.size() / seconds;
        }

        double millis(double share) {
            return nanos.get((int) (share * (nanos.size() - 1))) / 1e6;
        }
    }

    Figures send(int count) throws Exception {
        var nanos = new long[count];
        var refused = new AtomicInteger();
        var room = new Semaphore(atOnce);
        var answers = new ArrayList<Future<Integer>>();
        var begin = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var n = 0; n < count; n++) {
                var number = n;
                room.acquire();
                answers.add(
                        threads.submit(() -> {
                            try {
                                var sent = System.nanoTime();
                                if (send() != 202) {
                                    refused.incrementAndGet();
                                }
                                nanos[number] = System.nanoTime() - sent;
                                return number;
                            } finally {
                                room.release();
                            }
                        }));
            }
            for (var answer : answers) {
                answer.get();
            }
        }
        var seconds = (System.nanoTime() - begin) / 1e9;
        return new Figures(seconds, refused.get(), LongStream.of(nanos).sorted().boxed().toList());
    }

    private int send() throws Exception {
        var id = UUID.randomUUID().toString();
        var body =
                "{\"type\":\"order.created\",\"data\":{\"order\":\"%s\",\"lines\":3}}"
                        .formatted(id);
        var timestamp = Long.toString(Instant.now().getEpochSecond());
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        var signature =
                mac.doFinal(
                        "%s.%s.%s".formatted(id, timestamp, body).getBytes(StandardCharsets.UTF_8));
        var request =
                HttpRequest.newBuilder(server.resolve("/webhooks/figures"))
                        .header("content-type", "application/json")
                        .header("webhook-id", id)
                        .header("webhook-timestamp", timestamp)
                        .header(
                                "webhook-signature",
                                "v1," + Base64.getEncoder().encodeToString(signature))
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }
}
