package io.millrace.orchestrator.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Messages to a queue share requests, and none waits for a time that somebody has set. */
class QueueSenderTests {

    private final Queue queue = new Queue();
    private Instant now = Instant.EPOCH;
    private final QueueSender sender = new QueueSender(queue, () -> now);

    @Test
    void aMessageIsSentAtOnceIfNoneIsUnderWay() {
        var sent = send("a");

        assertThat(queue.bodies()).containsExactly(List.of("a"));
        queue.answer(0);
        assertThat(sent.join().entry().messageId()).isEqualTo("a");
    }

    @Test
    void whatComesWhileARequestIsUnderWayGoesTogetherWithTheNext() {
        var _ = send("a");
        var b = send("b");
        var c = send("c");
        assertThat(queue.bodies()).hasSize(1);

        queue.answer(0);

        assertThat(queue.bodies()).containsExactly(List.of("a"), List.of("b", "c"));
        queue.answer(1);
        assertThat(b.join().entry().messageId()).isEqualTo("b");
        assertThat(c.join().entry().messageId()).isEqualTo("c");
    }

    @Test
    void aFullRequestDoesNotWaitForAnAnswerAndFourAreUnderWayAtMost() {
        IntStream.range(0, 60)
                .mapToObj(Integer::toString)
                .forEach(body -> {
                    var _ = send(body);
                });

        assertThat(queue.bodies()).extracting(List::size).containsExactly(1, 10, 10, 10);
        queue.answer(2);
        assertThat(queue.bodies()).extracting(List::size).containsExactly(1, 10, 10, 10, 10);
        queue.answerAll();
        assertThat(queue.bodies().stream().flatMap(List::stream))
                .hasSize(60)
                .doesNotHaveDuplicates();
    }

    @Test
    void aSlowRequestDoesNotHoldUpWhatComesAfterIt() {
        var _ = send("slow");
        var _ = send("b");
        assertThat(queue.bodies()).hasSize(1);

        now = now.plus(Duration.ofMillis(100));
        var _ = send("c");

        assertThat(queue.bodies()).containsExactly(List.of("slow"), List.of("b", "c"));
    }

    @Test
    void whatIsTooLargeForOneRequestIsSentInSeveral() {
        var _ = send("a");
        var large = "x".repeat(200 * 1024);
        var _ = send(large);
        var _ = send(large);

        queue.answerAll();

        assertThat(queue.bodies()).containsExactly(List.of("a"), List.of(large), List.of(large));
    }

    @Test
    void aRequestThatFailsFailsItsMessagesAndNoOther() {
        var a = send("a");
        var b = send("b");

        queue.fail(0);
        queue.answer(1);

        assertThatThrownBy(a::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(SqsException.class);
        assertThat(b.join().entry().messageId()).isEqualTo("b");
    }

    private CompletableFuture<QueueSender.Sent> send(String body) {
        return sender.send(
                "http://queue", SendMessageBatchRequestEntry.builder().messageBody(body));
    }

    /** An SQS that answers when it is told to; a message's id is its body. */
    private static final class Queue implements SqsAsyncClient {

        private record Request(
                List<SendMessageBatchRequestEntry> entries,
                CompletableFuture<SendMessageBatchResponse> answer) {}

        private final List<Request> requests = new ArrayList<>();

        @Override
        public CompletableFuture<SendMessageBatchResponse> sendMessageBatch(
                SendMessageBatchRequest request) {
            var answer = new CompletableFuture<SendMessageBatchResponse>();
            requests.add(new Request(request.entries(), answer));
            return answer;
        }

        List<List<String>> bodies() {
            return requests.stream()
                    .map(request ->
                            request.entries().stream()
                                    .map(SendMessageBatchRequestEntry::messageBody)
                                    .toList())
                    .toList();
        }

        void answer(int request) {
            var asked = requests.get(request);
            asked.answer()
                    .complete(
                            SendMessageBatchResponse.builder()
                                    .successful(
                                            asked.entries().stream()
                                                    .map(entry ->
                                                            SendMessageBatchResultEntry.builder()
                                                                    .id(entry.id())
                                                                    .messageId(entry.messageBody())
                                                                    .build())
                                                    .toList())
                                    .build());
        }

        /** Answers also what is sent because others were answered. */
        void answerAll() {
            for (var i = 0; i < requests.size(); i++) {
                answer(i);
            }
        }

        void fail(int request) {
            requests.get(request)
                    .answer()
                    .completeExceptionally(SqsException.builder().message("refused").build());
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
