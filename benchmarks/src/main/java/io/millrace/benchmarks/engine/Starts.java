package io.millrace.benchmarks.engine;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Starts executions over several connections, on each the next one when the last is answered. */
final class Starts {

    /** Executions that wait for an answer of ours; without a bound the queue would be measured. */
    static final int IN_FLIGHT = 100;

    private final URI endpoint;
    private final int connections;

    /** Who waits for answers takes from it before a start and gives back after the answer. */
    private Semaphore room = new Semaphore(Integer.MAX_VALUE);

    Starts(URI endpoint, int connections) {
        this.endpoint = endpoint;
        this.connections = connections;
    }

    /** Lets so many executions be unanswered from now on. */
    Semaphore bound() {
        room = new Semaphore(IN_FLIGHT);
        return room;
    }

    /**
     * What was started.
     *
     * @param fromMillis when the first one was, by the clock on the wall
     * @param seconds until the last start was answered
     * @param nanos how long each start took to be answered
     */
    record Started(long fromMillis, double seconds, List<String> arns, List<Long> nanos) {

        Started {
            nanos = nanos.stream().sorted().toList();
        }

        /** As fast as they were answered. */
        ObjectNode figures() {
            return figures(seconds);
        }

        /** As fast as they ended, the last one after so many seconds. */
        ObjectNode figures(double untilEnd) {
            return JsonMapper.shared()
                    .createObjectNode()
                    .put("executions", nanos.size())
                    .put("seconds", rounded(untilEnd))
                    .put("starts/s", rounded(nanos.size() / seconds))
                    .put("executions/s", rounded(nanos.size() / untilEnd))
                    .put("p50 ms", millis(0.50))
                    .put("p99 ms", millis(0.99));
        }

        private double millis(double share) {
            return rounded(nanos.get((int) (share * (nanos.size() - 1))) / 1_000_000.0);
        }

        private static double rounded(double figure) {
            return Math.round(figure * 100) / 100.0;
        }
    }

    private record Part(List<String> arns, List<Long> nanos) {}

    /** Starts executions for a while, and not more than that many. */
    Started all(String operation, String machine, Duration window, int most) throws Exception {
        var left = new AtomicInteger(most);
        var arns = new ArrayList<String>();
        var nanos = new ArrayList<Long>();
        var from = System.currentTimeMillis();
        var began = System.nanoTime();
        var until = began + window.toNanos();
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var parts =
                    IntStream.range(0, connections)
                            .mapToObj(_ ->
                                    threads.submit(() -> part(operation, machine, until, left)))
                            .toList();
            for (var part : parts) {
                arns.addAll(part.get().arns);
                nanos.addAll(part.get().nanos);
            }
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        return new Started(from, seconds, arns, nanos);
    }

    private Part part(String operation, String machine, long until, AtomicInteger left)
            throws InterruptedException {
        var part = new Part(new ArrayList<>(), new ArrayList<>());
        var body = "{\"stateMachineArn\":\"%s\",\"input\":\"{\\\"n\\\":1}\"}".formatted(machine);
        var sync = operation.equals("StartSyncExecution");
        try (var connection = AwsConnection.states(endpoint)) {
            while (System.nanoTime() < until && left.getAndDecrement() > 0) {
                room.acquire();
                var before = System.nanoTime();
                var answer = connection.call("AWSStepFunctions." + operation, body);
                part.nanos.add(System.nanoTime() - before);
                part.arns.add(Texts.field(answer, "executionArn"));
                if (sync && !Texts.field(answer, "status").equals("SUCCEEDED")) {
                    throw new IllegalStateException(answer);
                }
            }
        }
        return part;
    }
}
