package io.millrace.benchmarks.localcloud;

import io.millrace.localcloud.LocalCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/**
 * How long {@code @LocalCloud} keeps a test waiting: to the port, and to each service's first
 * answer, in a JVM that has done nothing before, and then once more.
 */
public final class StartFigures {

    private StartFigures() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            for (var round : List.of("first", "second")) {
                var begun = System.nanoTime();
                try (var cloud =
                        LocalCloud.builder().port(0).withoutResources().startInBackground()) {
                    IO.println("%s: port after %d ms".formatted(round, millisSince(begun)));
                    for (var request : List.of("?Action=ListTopics", "", "?Action=ListQueues")) {
                        var uri = URI.create("%s/%s".formatted(cloud.endpoint(), request));
                        var answer =
                                http.send(
                                        HttpRequest.newBuilder(uri).build(),
                                        BodyHandlers.discarding());
                        IO.println(
                                "%s: /%s answered %d after %d ms"
                                        .formatted(
                                                round,
                                                request,
                                                answer.statusCode(),
                                                millisSince(begun)));
                    }
                }
            }
        }
    }

    private static long millisSince(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
