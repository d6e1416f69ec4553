package io.millrace.streambinderaws.consumer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;

/** Asks SQS to hide messages, ten with a request, and does not wait for it. */
final class SqsVisibility implements InFlight.Visibility {

    private static final Logger log = LoggerFactory.getLogger(SqsVisibility.class);

    /** SQS API reference, ChangeMessageVisibilityBatch. */
    private static final int MAX_ENTRIES = 10;

    private final SqsAsyncClient sqs;

    SqsVisibility(SqsAsyncClient sqs) {
        this.sqs = sqs;
    }

    @Override
    public void hide(List<InFlight.Receipt> receipts, Duration time) {
        for (var from = 0; from < receipts.size(); from += MAX_ENTRIES) {
            request(receipts.subList(from, Math.min(from + MAX_ENTRIES, receipts.size())), time);
        }
    }

    private void request(List<InFlight.Receipt> receipts, Duration time) {
        var _ =
                together(sqs, receipts, time)
                        .whenComplete((response, failure) -> {
                            if (failure != null) {
                                log.warn(
                                        "{} messages of {} may come back while they are handled",
                                        receipts.size(),
                                        receipts.getFirst().queueUrl(),
                                        failure);
                            } else if (response.hasFailed()) {
                                // They were deleted or hidden otherwise in the meantime.
                                log.debug("not hidden: {}", response.failed());
                            }
                        });
    }

    /** Hides at most ten messages of a queue with one request. */
    static CompletableFuture<ChangeMessageVisibilityBatchResponse> together(
            SqsAsyncClient sqs, List<InFlight.Receipt> receipts, Duration time) {
        var entries =
                IntStream.range(0, receipts.size())
                        .mapToObj(index ->
                                ChangeMessageVisibilityBatchRequestEntry.builder()
                                        .id(String.valueOf(index))
                                        .receiptHandle(receipts.get(index).handle())
                                        .visibilityTimeout((int) time.toSeconds())
                                        .build())
                        .toList();
        var url = receipts.getFirst().queueUrl();
        return sqs.changeMessageVisibilityBatch(request -> request.queueUrl(url).entries(entries));
    }
}
