package io.millrace.systemtests;

import io.millrace.systemtests.Diary.Errand;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The worker behind the queue of {@code errand.asl.json}: answers each task, or fails its first
 * attempts.
 */
final class ErrandRunner implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SqsClient sqs;
    private final String queue;
    private final Replicas replicas;
    private final Diary diary;
    private final AtomicLong received = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closed;

    ErrandRunner(SqsClient sqs, String queue, Replicas replicas, Diary diary, int concurrency) {
        this.sqs = sqs;
        this.queue = queue;
        this.replicas = replicas;
        this.diary = diary;
        for (var thread = 0; thread < concurrency; thread++) {
            threads.execute(this::work);
        }
    }

    /** How many messages came: effects that were sent again count again. */
    long received() {
        return received.get();
    }

    private void work() {
        while (!closed) {
            sqs.receiveMessage(request ->
                            request.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
                    .messages()
                    .forEach(this::run);
        }
    }

    private void run(Message message) {
        received.incrementAndGet();
        var body = JSON.readTree(message.body());
        var errand = new Errand(body.get("key").stringValue(), body.get("attempt").intValue());
        var token = body.path("token").stringValue("");
        diary.received(errand, token);
        if (!token.isEmpty()) {
            answer(body, errand, token);
            diary.note(errand, "answered");
        }
        sqs.deleteMessage(
                request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
    }

    private void answer(JsonNode body, Errand errand, String token) {
        try {
            if (errand.attempt() < body.get("failures").intValue()) {
                replicas.ask(each ->
                        each.sendTaskFailure(request -> request.taskToken(token).error("Again")));
            } else {
                var output =
                        JSON.createObjectNode()
                                .put("key", errand.key())
                                .put("attempt", errand.attempt());
                replicas.ask(each ->
                        each.sendTaskSuccess(
                                request -> request.taskToken(token).output(output.toString())));
            }
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException again) {
            // It was answered before: the message, or our request, came twice.
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.close();
    }
}
