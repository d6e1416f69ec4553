package io.millrace.benchmarks.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Workers that receive the tasks of a queue and answer each with its token. */
final class Workers implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int WORKERS = 8;

    private final Setup setup;
    private final String queue;
    private final Semaphore room;
    private final AtomicBoolean over = new AtomicBoolean();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());
    private final List<CompletableFuture<Void>> work;

    Workers(Setup setup, String queue, Starts starts) {
        this.setup = setup;
        this.queue = queue;
        this.room = starts.bound();
        this.work =
                IntStream.range(0, WORKERS)
                        .mapToObj(_ -> CompletableFuture.runAsync(this::work, threads))
                        .toList();
    }

    private void work() {
        var receive =
                JSON.writeValueAsString(
                        JSON.createObjectNode()
                                .put("QueueUrl", queue)
                                .put("MaxNumberOfMessages", 10)
                                .put("WaitTimeSeconds", 1));
        try (var sqs = AwsConnection.sqs(setup.sqs());
                var states = AwsConnection.states(setup.states())) {
            while (!over.get()) {
                var answer = sqs.call("AmazonSQS.ReceiveMessage", receive);
                if (answer.contains("ReceiptHandle")) {
                    work(states, sqs, (ArrayNode) JSON.readTree(answer).required("Messages"));
                }
            }
        }
    }

    private void work(AwsConnection states, AwsConnection sqs, ArrayNode messages) {
        var delete = JSON.createObjectNode().put("QueueUrl", queue);
        var entries = delete.putArray("Entries");
        for (var message : messages) {
            var task = JSON.readTree(message.required("Body").stringValue());
            var _ =
                    states.call(
                            "AWSStepFunctions.SendTaskSuccess",
                            JSON.createObjectNode()
                                    .put("taskToken", task.required("token").stringValue())
                                    .put("output", "{}"));
            room.release();
            entries.addObject()
                    .put("Id", Integer.toString(entries.size()))
                    .put("ReceiptHandle", message.required("ReceiptHandle").stringValue());
        }
        var _ = sqs.call("AmazonSQS.DeleteMessageBatch", delete);
    }

    /** Returns when no execution waits for an answer any more. */
    void awaitAnswers() throws InterruptedException {
        room.acquire(Starts.IN_FLIGHT);
        room.release(Starts.IN_FLIGHT);
    }

    @Override
    public void close() throws ExecutionException, InterruptedException {
        over.set(true);
        for (var worker : work) {
            worker.get();
        }
        threads.close();
    }
}
