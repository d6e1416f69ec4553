package io.millrace.streambinderaws.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * Long polls whose consumers have stopped: what SQS hands to them is given back at once. They are
 * not cancelled, for SQS does not notice that a client has hung up: it would hand a message to
 * nobody and hide it for the queue's visibility timeout (aws/aws-sdk-java-v2 issue 1395).
 */
public final class OrphanedPolls implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OrphanedPolls.class);

    private final SqsAsyncClient sqs;
    private final Duration shutdownTimeout;
    private final Map<Long, Orphan> open = new ConcurrentHashMap<>();
    private final AtomicLong orphans = new AtomicLong();

    private record Orphan(
            CompletableFuture<ReceiveMessageResponse> poll, CompletableFuture<Void> end) {}

    /**
     * @param shutdownTimeout how long {@link #close} waits; the client is of no use after it
     */
    public OrphanedPolls(SqsAsyncClient sqs, Duration shutdownTimeout) {
        this.sqs = sqs;
        this.shutdownTimeout = shutdownTimeout;
    }

    /** Takes over a poll that nobody waits for any more. */
    void add(String queueUrl, CompletableFuture<ReceiveMessageResponse> poll) {
        var end =
                poll.thenCompose(response -> giveBack(queueUrl, response.messages()))
                        .exceptionally(failure -> {
                            log.debug("a poll of {} was not answered", queueUrl, failure);
                            return null;
                        });
        var number = orphans.incrementAndGet();
        open.put(number, new Orphan(poll, end));
        var _ = end.whenComplete((_, _) -> open.remove(number));
    }

    private CompletableFuture<Void> giveBack(String queueUrl, List<Message> messages) {
        if (messages.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        var receipts =
                messages.stream()
                        .map(message -> new InFlight.Receipt(queueUrl, message.receiptHandle()))
                        .toList();
        return SqsVisibility.together(sqs, receipts, Duration.ZERO)
                .handle((response, failure) -> {
                    if (failure != null || response.hasFailed()) {
                        log.warn(
                                "messages of {} came after the consumer's end and stay hidden for a while: {}",
                                queueUrl,
                                failure == null ? response.failed() : failure.toString());
                    }
                    return null;
                });
    }

    /**
     * Waits for the polls that are still under way, but not for long. Those that are left are
     * cancelled after all: the SDK would try them again on a client that is closed, and log that as
     * an error.
     */
    @Override
    public void close() {
        try {
            CompletableFuture.allOf(
                            open.values().stream()
                                    .map(Orphan::end)
                                    .toArray(CompletableFuture[]::new))
                    .completeOnTimeout(null, shutdownTimeout.toMillis(), TimeUnit.MILLISECONDS)
                    .get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a poll is no failure", e);
        }
        if (!open.isEmpty()) {
            log.debug("{} polls are left behind", open.size());
            open.values().forEach(orphan -> orphan.poll().cancel(true));
        }
    }
}
