package io.millrace.orchestrator.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.EventDetails;
import io.millrace.orchestrator.execution.HistoryEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Heads that earlier versions of Millrace have written. */
class HeadCodecTests {

    private final HeadCodec codec = new HeadCodec();

    @Test
    void aHeadFromBeforeThereWereReleasesWasStartedByNone() {
        var head =
                codec.decodeHead(
                        new HeadCodec.Kept(
                                """
                                {"id": {"stateMachine": "m", "name": "e"}, "revision": "r", "roleArn": "role",
                                 "status": "RUNNING", "version": 1, "commit": "c", "shard": 0, "startedAt": 1.5,
                                 "input": 0, "frames": [], "outbox": [], "nextEvent": 2, "chunks": [], "mapRuns": [],
                                 "latest": [{"id": 1, "previous": 0, "time": 1.5, "type": "EXECUTION_STARTED",
                                   "details": {"is": "Started", "input": 0, "roleArn": "role"}}]}
                                """,
                                List.of(Datum.ofText("{}"))));

        assertThat(head.released()).isEmpty();
        assertThat(head.latest())
                .extracting(HistoryEvent::details)
                .containsExactly(
                        new EventDetails.Started(
                                Datum.ofText("{}"), "role", Optional.empty(), Optional.empty()));
    }
}
