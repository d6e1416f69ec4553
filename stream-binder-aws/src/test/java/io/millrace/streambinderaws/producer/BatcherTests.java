package io.millrace.streambinderaws.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.streambinderaws.producer.Batcher.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which entries share a request. */
class BatcherTests {

    private final BlockingQueue<List<String>> sent = new LinkedBlockingQueue<>();
    private final Semaphore answers = new Semaphore(0);
    private final Batcher<String> batcher =
            new Batcher<>("tests", 32, Duration.ZERO, String::length, this::send);

    @AfterEach
    void close() {
        answers.release(100);
        batcher.close();
    }

    @Test
    void withoutLingerOneAloneGoesAtOnce() throws Exception {
        var accepted = batcher.submit("a");
        assertThat(next()).containsExactly("a");
        answers.release();
        accepted.get(10, TimeUnit.SECONDS);
    }

    @Test
    void thoseThatComeWhileItIsUnderWayGoTogetherAfterIt() throws Exception {
        submit("a");
        assertThat(next()).containsExactly("a");
        var accepted = submit("b", "c", "d");
        answers.release();
        assertThat(next()).containsExactly("b", "c", "d");
        assertThat(accepted).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void afterThemTheNextOneGoesAtOnceAgain() throws Exception {
        for (var name : List.of("a", "b", "c")) {
            var accepted = batcher.submit(name);
            assertThat(next()).containsExactly(name);
            answers.release();
            accepted.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aFullRequestWaitsForNone() throws Exception {
        submit("a");
        assertThat(next()).containsExactly("a");
        submit("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(next()).hasSize(10);
        answers.release(2);
        assertThat(next()).containsExactly("10");
    }

    @Test
    void whatDoesNotFitIsTheBeginningOfTheNext() throws Exception {
        submit("a");
        assertThat(next()).containsExactly("a");
        var large = "x".repeat(200 * 1024);
        submit(large, large);
        assertThat(next()).containsExactly(large);
        answers.release(2);
        assertThat(next()).containsExactly(large);
    }

    @Test
    void eachLearnsOfItsOwnFailureOnly() throws Exception {
        submit("a");
        next();
        var accepted = submit("b", "bad", "c");
        answers.release(2);
        accepted.getFirst().get(10, TimeUnit.SECONDS);
        accepted.getLast().get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> accepted.get(1).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void aRequestThatFailsFailsForAllOfItAndHoldsUpNothing() throws Exception {
        var failed = batcher.submit("broken");
        next();
        answers.release();
        assertThatThrownBy(() -> failed.get(10, TimeUnit.SECONDS))
                .hasMessageContaining("no connection");
        submit("a");
        assertThat(next()).containsExactly("a");
    }

    private List<CompletableFuture<Void>> submit(String... entries) throws InterruptedException {
        var accepted = new ArrayList<CompletableFuture<Void>>();
        for (var entry : entries) {
            accepted.add(batcher.submit(entry));
        }
        return accepted;
    }

    private List<String> next() throws InterruptedException {
        var batch = sent.poll(10, TimeUnit.SECONDS);
        return batch == null ? List.of() : batch;
    }

    private void send(List<Pending<String>> batch) {
        sent.add(batch.stream().map(Pending::entry).toList());
        answers.acquireUninterruptibly();
        for (var pending : batch) {
            switch (pending.entry()) {
                case "broken" -> throw new IllegalStateException("no connection");
                case "bad" ->
                        pending.accepted()
                                .completeExceptionally(new IllegalStateException("refused"));
                default -> pending.accepted().complete(null);
            }
        }
    }
}
