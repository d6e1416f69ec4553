package io.millrace.orchestrator.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentHeadsTests {

    private final RecentHeads heads = new RecentHeads(30);

    @Test
    void theLatestHeadOfAnExecutionIsAtHand() {
        var latest = head("a", 2);
        heads.put(head("a", 1), 10);
        heads.put(latest, 10);

        assertThat(heads.get(latest.id())).contains(latest);
    }

    @Test
    void whatWasPutLongestAgoMakesRoom() {
        var first = head("a", 1);
        heads.put(first, 10);
        heads.put(head("b", 1), 10);
        heads.put(head("c", 1), 20);

        assertThat(heads.get(first.id())).isEmpty();
        assertThat(heads.get(head("b", 1).id())).isPresent();
        assertThat(heads.get(head("c", 1).id())).isPresent();
    }

    @Test
    void whatIsTooLargeIsNotKept() {
        var large = head("a", 1);
        heads.put(large, 31);

        assertThat(heads.get(large.id())).isEmpty();
    }

    private static Head head(String name, long version) {
        return new Head(
                new ExecutionId("machine", name),
                "revision",
                "role",
                Status.RUNNING,
                version,
                "commit",
                0,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Datum.ofText("{}"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                1,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
