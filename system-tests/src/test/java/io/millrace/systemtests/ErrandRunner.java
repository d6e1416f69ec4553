package io.millrace.systemtests;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
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
 * The worker behind {@code errand.asl.json}: answers each task, or fails its first attempts, and
 * remembers by which token each attempt came.
 */
final class ErrandRunner implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SqsClient sqs;
    private final String queue;
    private final Replicas replicas;
    private final Map<String, Set<String>> effects = new ConcurrentSkipListMap<>();
    private final Map<String, Queue<String>> diary = new ConcurrentHashMap<>();
    private final AtomicLong received = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closed;

    ErrandRunner(SqsClient sqs, String queue, Replicas replicas, int concurrency) {
        this.sqs = sqs;
        this.queue = queue;
        this.replicas = replicas;
        for (var thread = 0; thread < concurrency; thread++) {
            threads.execute(this::work);
        }
    }

    /** The tokens of each effect, by the effect's key and attempt. */
    Map<String, Set<String>> effects() {
        return effects;
    }

    /** How many messages came: effects that were sent again count again. */
    long received() {
        return received.get();
    }

    /** When what of an execution came, and when its answer was taken. */
    List<String> diary(String execution) {
        return List.copyOf(diary.getOrDefault(execution, new ConcurrentLinkedQueue<>()));
    }

    private void note(String key, int attempt, String what) {
        diary.computeIfAbsent(
                        key.substring(0, key.indexOf('/')), _ -> new ConcurrentLinkedQueue<>())
                .add("%s %s %s#%d".formatted(Instant.now(), what, key, attempt));
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
        var errand = JSON.readTree(message.body());
        var key = errand.get("key").stringValue();
        var attempt = errand.get("attempt").intValue();
        var token = errand.path("token").stringValue("");
        note(key, attempt, "received");
        effects.computeIfAbsent(key + "#" + attempt, _ -> ConcurrentHashMap.newKeySet()).add(token);
        if (!token.isEmpty()) {
            answer(errand, key, attempt, token);
            note(key, attempt, "answered");
        }
        sqs.deleteMessage(
                request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
    }

    private void answer(JsonNode errand, String key, int attempt, String token) {
        try {
            if (attempt < errand.get("failures").intValue()) {
                replicas.ask(each ->
                        each.sendTaskFailure(request -> request.taskToken(token).error("Again")));
            } else {
                var output = JSON.createObjectNode().put("key", key).put("attempt", attempt);
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
