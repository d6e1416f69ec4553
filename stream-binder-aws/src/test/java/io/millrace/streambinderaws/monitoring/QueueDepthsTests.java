package io.millrace.streambinderaws.monitoring;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.streambinderaws.provisioning.QueueDepth;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When queues are asked what they hold. */
class QueueDepthsTests {

    private static final QueueDepth THREE = new QueueDepth(3, 2, 1);

    private final List<String> asked = new ArrayList<>();
    private final Map<String, CompletableFuture<QueueDepth>> answers = new HashMap<>();
    private Instant now = Instant.EPOCH;
    private final InstantSource clock = () -> now;
    private final QueueDepths depths =
            new QueueDepths(
                    queue -> {
                        asked.add(queue);
                        return answers.getOrDefault(queue, completedFuture(THREE));
                    },
                    clock);

    @Test
    void nobodyIsAskedUntilSomebodyReads() {
        depths.watch("orders");
        assertThat(asked).isEmpty();
        assertThat(depths.of("orders")).contains(THREE);
        assertThat(asked).containsExactly("orders");
    }

    @Test
    void oneReadAsksForAllQueuesAndTheOthersReadWhatItBrought() {
        depths.watch("orders");
        depths.watch("payments");
        depths.of("orders");
        depths.of("payments");
        assertThat(asked).containsExactlyInAnyOrder("orders", "payments");
    }

    @Test
    void whatIsKnownServesForFifteenSeconds() {
        depths.watch("orders");
        depths.of("orders");
        now = now.plusMillis(14_999);
        depths.of("orders");
        assertThat(asked).hasSize(1);
        answers.put("orders", completedFuture(new QueueDepth(0, 0, 0)));
        now = now.plusMillis(1);
        assertThat(depths.of("orders")).contains(new QueueDepth(0, 0, 0));
        assertThat(asked).hasSize(2);
    }

    @Test
    void aQueueThatIsWatchedLaterIsKnownAtOnce() {
        depths.watch("orders");
        depths.of("orders");
        depths.watch("payments");
        assertThat(depths.of("payments")).contains(THREE);
    }

    @Test
    void aQueueThatCannotBeAskedIsNotTakenForAnEmptyOneAndHidesNoOther() {
        depths.watch("orders");
        depths.watch("payments");
        answers.put("orders", CompletableFuture.failedFuture(new IllegalStateException("no such")));
        assertThat(depths.of("orders")).isEmpty();
        assertThat(depths.of("payments")).contains(THREE);
    }

    @Test
    void whatWasKnownIsForgottenOnceAQueueCannotBeAsked() {
        depths.watch("orders");
        depths.of("orders");
        answers.put("orders", CompletableFuture.failedFuture(new IllegalStateException("gone")));
        now = now.plusSeconds(15);
        assertThat(depths.of("orders")).isEmpty();
    }

    @Test
    void anAnswerThatIsLateServesTheNextRead() {
        var late = new CompletableFuture<QueueDepth>();
        answers.put("orders", late);
        depths.watch("orders");
        assertThat(depths.of("orders")).isEmpty();
        late.complete(THREE);
        assertThat(depths.of("orders")).contains(THREE);
    }
}
