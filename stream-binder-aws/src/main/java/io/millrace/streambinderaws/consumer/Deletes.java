package io.millrace.streambinderaws.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * Deletes handled messages, ten with a request. A delete waits at most the linger for others, and
 * not at all once the consumer stops: then it is awaited. The container's own batches are lost at a
 * stop (awspring/spring-cloud-aws issue 1661).
 */
final class Deletes {

    private static final Logger log = LoggerFactory.getLogger(Deletes.class);

    /** SQS API reference, DeleteMessageBatch. */
    private static final int MAX_ENTRIES = 10;

    private final SqsAsyncClient sqs;
    private final Duration linger;
    private final Map<Long, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private List<InFlight.Receipt> waiting = new ArrayList<>(MAX_ENTRIES);
    private long batches;
    private boolean hurried;

    Deletes(SqsAsyncClient sqs, Duration linger) {
        this.sqs = sqs;
        this.linger = linger;
    }

    /** Deletes a message soon, together with others. */
    synchronized void add(InFlight.Receipt receipt) {
        waiting.add(receipt);
        if (hurried || waiting.size() == MAX_ENTRIES) {
            send();
        } else if (waiting.size() == 1) {
            var number = batches;
            CompletableFuture.delayedExecutor(linger.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> sendIfStillWaiting(number));
        }
    }

    /** From now on deletes wait for others again. */
    synchronized void resume() {
        hurried = false;
    }

    /** Sends what waits and whatever comes from now on; completes when all of it was answered. */
    synchronized CompletableFuture<Void> hurry() {
        hurried = true;
        send();
        return CompletableFuture.allOf(underWay.values().toArray(CompletableFuture[]::new));
    }

    private synchronized void sendIfStillWaiting(long number) {
        if (batches == number) {
            send();
        }
    }

    private void send() {
        if (waiting.isEmpty()) {
            return;
        }
        var batch = waiting;
        var number = batches++;
        waiting = new ArrayList<>(MAX_ENTRIES);
        var answered = new CompletableFuture<Void>();
        underWay.put(number, answered);
        var _ =
                together(sqs, batch)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                log.warn(
                                        "{} messages of {} were handled but not deleted, and come again",
                                        batch.size(),
                                        batch.getFirst().queueUrl(),
                                        failure);
                            }
                            underWay.remove(number);
                            answered.complete(null);
                        });
    }

    /** Deletes at most ten messages of a queue with one request, and fails if that does. */
    static CompletableFuture<Void> together(SqsAsyncClient sqs, List<InFlight.Receipt> receipts) {
        var url = receipts.getFirst().queueUrl();
        var entries =
                IntStream.range(0, receipts.size())
                        .mapToObj(index ->
                                DeleteMessageBatchRequestEntry.builder()
                                        .id(String.valueOf(index))
                                        .receiptHandle(receipts.get(index).handle())
                                        .build())
                        .toList();
        return sqs.deleteMessageBatch(request -> request.queueUrl(url).entries(entries))
                .thenAccept(response ->
                        response.failed()
                                .forEach(failed ->
                                        log.warn(
                                                "a message of {} was handled but not deleted, and comes again: {}",
                                                url,
                                                failed.message())));
    }
}
