package io.millrace.localcloud;

import static io.millrace.localcloud.SharedCloud.cloud;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LongPollTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    // More than the front has threads.
    private static final int RECEIVERS = 250;

    @Test
    void waitingReceiversHoldNoThreadsAndGetOneMessageEach() {
        var queue = TestQueue.create();
        try (var http = HttpClient.newHttpClient()) {
            var waiting =
                    IntStream.range(0, RECEIVERS)
                            .mapToObj(i -> http.sendAsync(receive(queue), BodyHandlers.ofString()))
                            .toList();
            for (var i = 0; i < RECEIVERS; i++) {
                var body = "message " + i;
                SharedCloud.clients()
                        .sqs()
                        .sendMessage(request -> request.queueUrl(queue.url()).messageBody(body));
            }
            var bodies =
                    waiting.stream()
                            .map(CompletableFuture::join)
                            .map(HttpResponse::body)
                            .map(body -> JSON.readTree(body).at("/Messages/0/Body").asString())
                            .toList();
            assertThat(bodies).hasSize(RECEIVERS).doesNotHaveDuplicates();
        }
    }

    private static HttpRequest receive(TestQueue queue) {
        return HttpRequest.newBuilder(cloud().endpoint().resolve("/"))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS.ReceiveMessage")
                .POST(
                        BodyPublishers.ofString(
                                "{\"QueueUrl\":\"%s\",\"WaitTimeSeconds\":20}"
                                        .formatted(queue.url())))
                .build();
    }
}
