package io.millrace.benchmarks.engine;

import io.millrace.benchmarks.engine.Starts.Started;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks the endpoint. */
final class SeenEnds implements Ends {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int THREADS = 4;

    private final URI endpoint;

    SeenEnds(URI endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public ObjectNode described(Started started) throws Exception {
        if (started.arns().isEmpty()) {
            return JSON.createObjectNode();
        }
        // Nobody is asked for much as long as the last one runs.
        try (var connection = AwsConnection.states(endpoint)) {
            var _ = awaitEnd(connection, started.arns().getLast());
        }
        var last = 0.0;
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var parts =
                    IntStream.range(0, THREADS)
                            .mapToObj(part -> threads.submit(() -> last(part, started.arns())))
                            .toList();
            for (var part : parts) {
                last = Math.max(last, part.get());
            }
        }
        return started.figures(last - started.fromMillis() / 1000.0);
    }

    /** When the last of every so many executions has ended. */
    private double last(int part, List<String> arns) {
        var last = 0.0;
        try (var connection = AwsConnection.states(endpoint)) {
            for (var index = part; index < arns.size(); index += THREADS) {
                var end = awaitEnd(connection, arns.get(index));
                if (!end.required("status").stringValue().equals("SUCCEEDED")) {
                    throw new IllegalStateException(end.toString());
                }
                last = Math.max(last, end.required("stopDate").doubleValue());
            }
        }
        return last;
    }

    private static JsonNode awaitEnd(AwsConnection connection, String arn) {
        var began = System.nanoTime();
        var which = JSON.createObjectNode().put("executionArn", arn);
        var seen = connection.call("AWSStepFunctions.DescribeExecution", which);
        while (seen.required("status").stringValue().equals("RUNNING")) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IllegalStateException(arn + " does not end");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            seen = connection.call("AWSStepFunctions.DescribeExecution", which);
        }
        return seen;
    }

    @Override
    public ObjectNode counted(long before, Started started) throws Exception {
        var began = System.nanoTime();
        while (counted() < before + started.arns().size()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IllegalStateException("Not all executions end");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return started.figures(started.seconds() + (System.nanoTime() - began) / 1e9);
    }

    @Override
    public long counted() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            endpoint.resolve(
                                                    "/actuator/metrics/millrace.executions.ended"))
                                    .build(),
                            BodyHandlers.ofString());
            return answer.statusCode() == 404
                    ? 0
                    : JSON.readTree(answer.body())
                            .required("measurements")
                            .get(0)
                            .required("value")
                            .asLong();
        }
    }
}
