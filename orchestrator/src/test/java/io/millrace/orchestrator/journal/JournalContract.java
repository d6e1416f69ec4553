package io.millrace.orchestrator.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.ChildOf;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Ends;
import io.millrace.orchestrator.execution.EventDetails;
import io.millrace.orchestrator.execution.EventType;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Failure;
import io.millrace.orchestrator.execution.Fork;
import io.millrace.orchestrator.execution.Frame;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.execution.JobOf;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.Parent;
import io.millrace.orchestrator.execution.Redrives;
import io.millrace.orchestrator.execution.Released;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.execution.Visit;
import io.millrace.orchestrator.execution.Waiting;
import io.millrace.orchestrator.journal.Journal.Commit;
import io.millrace.orchestrator.journal.Journal.Position;
import io.millrace.orchestrator.journal.Journal.Query;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.evaluate.Tolerance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every journal does. */
abstract class JournalContract {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123Z");

    /** One that no orchestrator of the tests looks after. */
    private static final int SHARD = 9;

    private static final Signal.TaskKey TASK =
            new Signal.TaskKey(new ExecutionId("machine", "parent"), "0", 5, "nonce");

    private final String machine = "machine-" + UUID.randomUUID();

    abstract Journal journal();

    @Test
    void aHeadIsReadAsItWasCommitted() {
        var head = rich("one");

        assertThat(journal().commit(head)).isEqualTo(new Commit.Done(head));
        assertThat(journal().read(head.id())).contains(head);
        assertThat(journal().read(new ExecutionId(machine, "none"))).isEmpty();
    }

    @Test
    void anExecutionKnowsTheTaskThatHasBegunIt() {
        var parent = Optional.<Parent>of(new JobOf(TASK, TaskResource.Pattern.RUN_A_JOB));
        var head = head("job", 1, "c1", List.of(), Optional.empty(), START, SHARD, parent);

        journal().commit(head);

        assertThat(journal().read(head.id()).flatMap(Head::parent)).isEqualTo(parent);
    }

    @Test
    void aNameIsTakenOnce() {
        var first = head("one", 1, "first", List.of(), Optional.empty());
        var second = head("one", 1, "second", List.of(), Optional.empty());

        journal().commit(first);

        assertThat(journal().commit(second)).isEqualTo(new Commit.Conflict(first));
    }

    @Test
    void oneOfTwoThatReadTheSameHeadCommits() {
        journal().commit(head("one", 1, "first", List.of(), Optional.empty()));
        var mine = head("one", 2, "mine", List.of(), Optional.empty());
        var yours = head("one", 2, "yours", List.of(), Optional.empty());

        assertThat(journal().commit(mine)).isEqualTo(new Commit.Done(mine));
        assertThat(journal().commit(yours)).isEqualTo(new Commit.Conflict(mine));
        assertThat(journal().read(mine.id())).contains(mine);
    }

    @Test
    void aLongHistoryMovesOutOfTheHeadAndIsFoundAgain() {
        var events = events(1, 200, 300);
        var committed = journal().commit(head("long", 1, "c1", events, Optional.empty()));

        assertThat(committed).isInstanceOf(Commit.Done.class);
        var kept = journal().read(new ExecutionId(machine, "long")).orElseThrow();
        assertThat(((Commit.Done) committed).head()).isEqualTo(kept);
        assertThat(kept.latest()).isEmpty();
        assertThat(kept.chunks()).hasSize(1);
        assertThat(journal().events(kept.id(), kept.chunks().getFirst())).isEqualTo(events);
    }

    @Test
    void largeDataComesBackWhole() {
        var events = events(1, 4, 200_000);
        journal().commit(head("large", 1, "c1", events, Optional.empty()));

        var kept = journal().read(new ExecutionId(machine, "large")).orElseThrow();

        var all = new ArrayList<HistoryEvent>();
        kept.chunks().forEach(chunk -> all.addAll(journal().events(kept.id(), chunk)));
        all.addAll(kept.latest());
        assertThat(all).isEqualTo(events);
    }

    @Test
    void whatIsDueIsFoundUntilItIsNot() {
        var at = Instant.parse("2026-02-01T00:00:00Z");
        journal().commit(head("timer", 1, "c1", List.of(), Optional.of(at)));
        var id = new ExecutionId(machine, "timer");

        assertThat(journal().due(SHARD, at.minusMillis(1), 1000)).doesNotContain(id);
        assertThat(journal().due(SHARD, at, 1000)).contains(id);
        assertThat(journal().due(2, at, 1000)).doesNotContain(id);

        journal().commit(head("timer", 2, "c2", List.of(), Optional.empty()));
        assertThat(journal().due(SHARD, at, 1000)).doesNotContain(id);
    }

    @Test
    void executionsAreListedTheLatestFirst() {
        for (var i = 0; i < 5; i++) {
            journal().commit(started("number-" + i, START.plusSeconds(i), i % 4));
        }

        var first = journal().list(new Query(machine, 4, 3, Optional.empty()));
        var second =
                journal()
                        .list(
                                new Query(
                                        machine,
                                        4,
                                        3,
                                        Optional.of(Position.of(first.heads().getLast()))));

        assertThat(first.heads())
                .extracting(head -> head.id().name())
                .containsExactly("number-4", "number-3", "number-2");
        assertThat(first.more()).isTrue();
        assertThat(second.heads())
                .extracting(head -> head.id().name())
                .containsExactly("number-1", "number-0");
        assertThat(second.more()).isFalse();
    }

    private static List<HistoryEvent> events(long from, int count, int bytes) {
        return LongStream.range(from, from + count)
                .mapToObj(id ->
                        new HistoryEvent(
                                id,
                                id - 1,
                                START,
                                EventType.PASS_STATE_ENTERED,
                                new EventDetails.StateEntered(
                                        "S",
                                        Datum.ofText("\"%d%s\"".formatted(id, "x".repeat(bytes))))))
                .toList();
    }

    private Head started(String name, Instant at, int shard) {
        return head(name, 1, "c1", List.of(), Optional.empty(), at, shard);
    }

    private Head head(
            String name,
            long version,
            String commit,
            List<HistoryEvent> events,
            Optional<Instant> timer) {
        return head(name, version, commit, events, timer, START, SHARD);
    }

    private Head head(
            String name,
            long version,
            String commit,
            List<HistoryEvent> events,
            Optional<Instant> timer,
            Instant startedAt,
            int shard) {
        return head(name, version, commit, events, timer, startedAt, shard, Optional.empty());
    }

    private Head head(
            String name,
            long version,
            String commit,
            List<HistoryEvent> events,
            Optional<Instant> timer,
            Instant startedAt,
            int shard,
            Optional<Parent> parent) {
        var frames = timer.map(at -> List.of(frame("0", new Waiting.Timer(at)))).orElse(List.of());
        return new Head(
                new ExecutionId(machine, name),
                "revision",
                "role",
                Status.RUNNING,
                version,
                commit,
                shard,
                startedAt,
                Optional.empty(),
                Optional.empty(),
                Datum.ofText("{\"in\":1}"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                frames,
                List.of(),
                events.size() + 1L,
                events,
                List.of(),
                parent,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static Frame frame(String id, Waiting waiting) {
        return new Frame(
                id,
                id.equals("0") ? Optional.empty() : Optional.of("0"),
                2,
                "State",
                Datum.ofText("[1,2]"),
                Map.of("name", Datum.ofText("\"value\"")),
                9,
                new Visit(7, 6, START, 2, List.of(1, 0)),
                waiting);
    }

    /** A head with one of everything. */
    private Head rich(String name) {
        var data = Datum.ofText("{\"a\":[1,2.50,null]}");
        var answer =
                new Waiting.Answer(
                        5,
                        "arn:aws:states:::sqs:sendMessage",
                        Optional.of("nonce"),
                        Optional.of(START.plusSeconds(60)),
                        Optional.of(Duration.ofSeconds(20)),
                        Optional.of(START.plusSeconds(20)),
                        Optional.of("hand-out"),
                        Optional.of(new ExecutionId(machine, "job")));
        var worker =
                new Waiting.Worker(
                        6,
                        "arn:aws:states:us-east-1:000000000000:activity:a",
                        Optional.of("nonce"),
                        START,
                        Optional.of(Duration.ofSeconds(60)),
                        Optional.empty());
        var fork = new Fork(4, List.of(data, data), 2, 2, Map.of(1, Datum.ofText("\"out\"")));
        return new Head(
                new ExecutionId(machine, name),
                "revision",
                "role",
                Status.FAILED,
                1,
                "commit",
                SHARD,
                START,
                Optional.of(START.plusSeconds(5)),
                Optional.of(START.plusSeconds(500)),
                data,
                Optional.of(data),
                Optional.of(new Failure(StateError.of("E", "C"), Optional.of("State"), 2)),
                Optional.of(new Failure(StateError.of("F", "D"), Optional.empty(), 1)),
                Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                List.of(
                        frame("0", new Waiting.Children(fork)),
                        frame("0/4.0", answer),
                        frame("0/4.1", new Waiting.Retry(START)),
                        frame("0/4.2", new Waiting.Turn()),
                        frame("0/4.3", new Waiting.Distributed(8)),
                        frame("0/4.4", worker)),
                List.of(
                        new Effect.Call("id", "0/4.0", 5, "arn", data, true, START),
                        new Effect.ReportFailure("arn", START),
                        new Effect.BeginChildren("b", "0/4.3", 8, START),
                        new Effect.CollectResults("c", "0/4.3", 8, START),
                        new Effect.StopChildren("s", 8, START),
                        new Effect.StopJob("j", new ExecutionId(machine, "job"), TASK, START),
                        new Effect.TellParent("p", START)),
                3,
                List.of(
                        new HistoryEvent(
                                1,
                                0,
                                START,
                                EventType.EXECUTION_STARTED,
                                new EventDetails.Started(
                                        data, "role", Optional.of("version"), Optional.empty())),
                        new HistoryEvent(
                                2,
                                0,
                                START,
                                EventType.PASS_STATE_EXITED,
                                new EventDetails.StateExited(
                                        "State", data, Map.of("v", Datum.ofText("1"))))),
                List.of(),
                Optional.of(new ChildOf(new ExecutionId(machine, "parent"), 7, 3, 10)),
                List.of(
                        new MapRun(
                                8,
                                "label",
                                Status.RUNNING,
                                START,
                                Optional.empty(),
                                10,
                                new Tolerance(Optional.of(2), Optional.of(1.5)),
                                Optional.of(data),
                                Optional.of(new MapRun.Service("reader", data, data)),
                                Optional.of(
                                        new MapRun.Batches(
                                                Optional.of(5),
                                                Optional.empty(),
                                                Optional.of(data))),
                                Optional.empty(),
                                20,
                                21,
                                false,
                                true,
                                4,
                                new TreeSet<>(List.of(6, 9)),
                                new Ends(
                                        Map.of(Status.SUCCEEDED, 5, Status.FAILED, 1),
                                        Map.of(Status.SUCCEEDED, 50L, Status.FAILED, 10L),
                                        1,
                                        10),
                                Optional.of(new MapRun.Again(2, START, 30)))),
                Optional.of(
                        new Redrives(
                                1,
                                Optional.of(START),
                                Optional.of("request"),
                                2,
                                List.of(frame("0", new Waiting.Children(fork))))),
                Optional.of(new Released(3, Optional.of("live"))));
    }
}
