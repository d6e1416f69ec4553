package io.millrace.orchestrator.integration;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Sends messages in batches, and lets none wait for a time that is set: what comes while a request
 * to a queue is under way goes with the next one, which begins when that is answered or has become
 * slow, or when there is enough to fill it.
 */
final class QueueSender {

    /** What SQS takes in one request (API reference, SendMessageBatch). */
    private static final int MOST = 10;

    private static final int MOST_BYTES = 256 * 1024;

    /** Requests under way at once per queue. */
    private static final int AT_ONCE = 4;

    /** After that long a request no longer holds up what came after it. */
    private static final Duration SLOW = Duration.ofMillis(100);

    private final SqsAsyncClient sqs;
    private final InstantSource clock;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    QueueSender(SqsAsyncClient sqs, InstantSource clock) {
        this.sqs = sqs;
        this.clock = clock;
    }

    /** A message that SQS has taken. */
    record Sent(SendMessageBatchResultEntry entry, SendMessageBatchResponse response) {}

    private record Waiting(
            SendMessageBatchRequestEntry.Builder entry, CompletableFuture<Sent> sent) {
        int bytes() {
            var body = entry.build().messageBody();
            return body == null ? 0 : body.length();
        }
    }

    private static final class Lane {
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private int underWay;
        private Instant lastBegun = Instant.MIN;

        /** What the next request takes, if there may be one. */
        List<Waiting> next(Instant now) {
            var enough = underWay == 0 || waiting.size() >= MOST;
            if (underWay == AT_ONCE || (!enough && now.isBefore(lastBegun.plus(SLOW)))) {
                return List.of();
            }
            var batch = QueueSender.next(waiting);
            if (!batch.isEmpty()) {
                underWay++;
                lastBegun = now;
            }
            return batch;
        }
    }

    /** The future fails with the SDK's exceptions. */
    CompletableFuture<Sent> send(String queueUrl, SendMessageBatchRequestEntry.Builder entry) {
        var waiting = new Waiting(entry, new CompletableFuture<>());
        var lane = lanes.computeIfAbsent(queueUrl, _ -> new Lane());
        synchronized (lane) {
            lane.waiting.add(waiting);
        }
        sendNext(queueUrl, lane);
        return waiting.sent();
    }

    private void sendNext(String queueUrl, Lane lane) {
        List<Waiting> batch;
        synchronized (lane) {
            batch = lane.next(clock.instant());
        }
        if (batch.isEmpty()) {
            return;
        }
        var entries = new ArrayList<SendMessageBatchRequestEntry>();
        for (var i = 0; i < batch.size(); i++) {
            entries.add(batch.get(i).entry().id(Integer.toString(i)).build());
        }
        var _ =
                request(queueUrl, entries)
                        .whenComplete((response, failure) -> {
                            synchronized (lane) {
                                lane.underWay--;
                            }
                            tell(batch, response, failure);
                            sendNext(queueUrl, lane);
                        });
    }

    /** A request that the SDK refuses at once fails as one that SQS refuses: the lane goes on. */
    private CompletableFuture<SendMessageBatchResponse> request(
            String queueUrl, List<SendMessageBatchRequestEntry> entries) {
        try {
            return sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static List<Waiting> next(Deque<Waiting> waiting) {
        var batch = new ArrayList<Waiting>();
        var bytes = 0;
        while (!waiting.isEmpty() && batch.size() < MOST) {
            bytes += waiting.getFirst().bytes();
            if (!batch.isEmpty() && bytes > MOST_BYTES) {
                break;
            }
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    private static void tell(
            List<Waiting> batch,
            @Nullable SendMessageBatchResponse response,
            @Nullable Throwable failure) {
        if (response == null) {
            var reason = failure == null ? new IllegalStateException("SQS said nothing") : failure;
            batch.forEach(waiting -> waiting.sent().completeExceptionally(reason));
            return;
        }
        var taken =
                response.successful().stream()
                        .collect(
                                Collectors.toMap(
                                        SendMessageBatchResultEntry::id, Function.identity()));
        response.failed()
                .forEach(refused ->
                        batch.get(Integer.parseInt(refused.id()))
                                .sent()
                                .completeExceptionally(refusal(refused, response)));
        taken.forEach((id, entry) ->
                batch.get(Integer.parseInt(id)).sent().complete(new Sent(entry, response)));
    }

    private static Exception refusal(
            BatchResultErrorEntry refused, SendMessageBatchResponse response) {
        return SqsException.builder()
                .statusCode(Boolean.TRUE.equals(refused.senderFault()) ? 400 : 500)
                .requestId(response.responseMetadata().requestId())
                .awsErrorDetails(
                        AwsErrorDetails.builder()
                                .errorCode(refused.code())
                                .errorMessage(refused.message())
                                .serviceName("Sqs")
                                .build())
                .message(refused.message())
                .build();
    }
}
