package io.millrace.streambinderaws.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void add(InFlight.Receipt receipt) {
        Optional<Batch> full;
        synchronized (this) {
            waiting.add(receipt);
            full = hurried || waiting.size() == MAX_ENTRIES ? close() : Optional.empty();
            if (full.isEmpty() && waiting.size() == 1) {
                var number = batches;
                CompletableFuture.delayedExecutor(linger.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> sendIfStillWaiting(number));
            }
        }
        full.ifPresent(this::send);
    }

    /** From now on deletes wait for others again. */
    synchronized void resume() {
        hurried = false;
    }

    /** Sends what waits and whatever comes from now on; completes when all of it was answered. */
    CompletableFuture<Void> hurry() {
        Optional<Batch> rest;
        List<CompletableFuture<Void>> unanswered;
        synchronized (this) {
            hurried = true;
            rest = close();
            unanswered = List.copyOf(underWay.values());
        }
        rest.ifPresent(this::send);
        return CompletableFuture.allOf(unanswered.toArray(CompletableFuture[]::new));
    }

    private void sendIfStillWaiting(long number) {
        Optional<Batch> rest;
        synchronized (this) {
            rest = batches == number ? close() : Optional.empty();
        }
        rest.ifPresent(this::send);
    }

    private record Batch(
            long number, List<InFlight.Receipt> receipts, CompletableFuture<Void> answered) {}

    /** What waits, as a batch that is under way from now on; whoever took it sends it. */
    private synchronized Optional<Batch> close() {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        var batch = new Batch(batches++, waiting, new CompletableFuture<>());
        waiting = new ArrayList<>(MAX_ENTRIES);
        underWay.put(batch.number(), batch.answered());
        return Optional.of(batch);
    }

    /** Not under the lock: to put a request together takes longer than many handlers do. */
    private void send(Batch batch) {
        var _ =
                together(sqs, batch.receipts())
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                log.warn(
                                        "{} messages of {} were handled but not deleted, and come again",
                                        batch.receipts().size(),
                                        batch.receipts().getFirst().queueUrl(),
                                        failure);
                            }
                            underWay.remove(batch.number());
                            batch.answered().complete(null);
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
