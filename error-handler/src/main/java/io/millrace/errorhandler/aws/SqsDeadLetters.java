package io.millrace.errorhandler.aws;

import io.millrace.errorhandler.deadletters.DeadLetter;
import io.millrace.errorhandler.deadletters.DeadLetterQueue;
import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.FailureRecord;
import io.millrace.events.InvalidEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** Dead letters in SQS. */
public final class SqsDeadLetters implements DeadLetterQueue {

    private static final int BATCH = 10;

    /**
     * Long enough for a walk through some thousand; what takes longer is received again, and known.
     */
    private static final int HIDDEN_SECONDS = 600;

    private final SqsClient sqs;
    private final String queueUrl;
    private final int wait;
    private final EventJson events = new EventJson();

    public SqsDeadLetters(SqsClient sqs, String queueUrl) {
        this(sqs, queueUrl, Duration.ofSeconds(1));
    }

    /**
     * @param wait how long to wait for letters that not every server of SQS has yet
     */
    public SqsDeadLetters(SqsClient sqs, String queueUrl, Duration wait) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.wait = Math.toIntExact(wait.toSeconds());
    }

    @Override
    public List<DeadLetter> receive() {
        return sqs
                .receiveMessage(request ->
                        request.queueUrl(queueUrl)
                                .maxNumberOfMessages(BATCH)
                                .visibilityTimeout(HIDDEN_SECONDS)
                                .waitTimeSeconds(wait))
                .messages()
                .stream()
                .map(this::letter)
                .toList();
    }

    private DeadLetter letter(Message message) {
        return new DeadLetter(
                message.messageId(),
                message.receiptHandle(),
                message.body(),
                record(message.body()));
    }

    private Optional<Event<FailureRecord>> record(String body) {
        try {
            return Optional.of(
                    events.read(body.getBytes(StandardCharsets.UTF_8), FailureRecord.class));
        } catch (InvalidEvent _) {
            return Optional.empty();
        }
    }

    @Override
    public void release(List<DeadLetter> letters) {
        inBatches(
                letters,
                batch ->
                        sqs.changeMessageVisibilityBatch(request ->
                                request.queueUrl(queueUrl)
                                        .entries(
                                                IntStream.range(0, batch.size())
                                                        .mapToObj(index ->
                                                                shown(index, batch.get(index)))
                                                        .toList())));
    }

    private static ChangeMessageVisibilityBatchRequestEntry shown(int index, DeadLetter letter) {
        return ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(Integer.toString(index))
                .receiptHandle(letter.receipt())
                .visibilityTimeout(0)
                .build();
    }

    @Override
    public void delete(List<DeadLetter> letters) {
        inBatches(
                letters,
                batch -> {
                    var answer =
                            sqs.deleteMessageBatch(request ->
                                    request.queueUrl(queueUrl)
                                            .entries(
                                                    IntStream.range(0, batch.size())
                                                            .mapToObj(index ->
                                                                    gone(index, batch.get(index)))
                                                            .toList()));
                    answer.failed().stream()
                            .findFirst()
                            .ifPresent(failed -> {
                                throw new IllegalStateException(
                                        "%d dead letters were not deleted and come again: %s"
                                                .formatted(
                                                        answer.failed().size(), failed.message()));
                            });
                });
    }

    private static DeleteMessageBatchRequestEntry gone(int index, DeadLetter letter) {
        return DeleteMessageBatchRequestEntry.builder()
                .id(Integer.toString(index))
                .receiptHandle(letter.receipt())
                .build();
    }

    private static void inBatches(List<DeadLetter> letters, Consumer<List<DeadLetter>> work) {
        for (var from = 0; from < letters.size(); from += BATCH) {
            work.accept(letters.subList(from, Math.min(from + BATCH, letters.size())));
        }
    }
}
