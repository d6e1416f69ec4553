package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.Definition;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.Turn;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.execution.Waiting;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.journal.Journal.Commit;
import io.millrace.orchestrator.wakeup.Mailboxes.Letter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The loop that moves executions: read, decide, commit, send. */
public final class WakeUps {

    private final Journal journal;
    private final Engine engine;
    private final Function<String, Definition> definitions;
    private final Hints hints;
    private final InstantSource clock;
    private final Executor executor;
    private final Alarm alarm;
    private final Observer observer;
    private final Duration near;
    private final Outbox outbox;
    private final Mailboxes mailboxes = new Mailboxes();

    /**
     * @param definitions the compiled definition of a revision
     * @param shards over how many the executions are spread
     * @param executor what the work runs on; it may block
     * @param near timers that are nearer than this are set in this process, to be on time
     */
    public WakeUps(
            Journal journal,
            Engine engine,
            Function<String, Definition> definitions,
            EffectCalls calls,
            MapRunData data,
            int shards,
            Hints hints,
            InstantSource clock,
            Executor executor,
            Alarm alarm,
            Observer observer,
            Duration near) {
        this.journal = journal;
        this.engine = engine;
        this.definitions = definitions;
        this.hints = hints;
        this.clock = clock;
        this.executor = executor;
        this.alarm = alarm;
        this.observer = observer;
        this.near = near;
        var children = new Children(this, journal, engine, definitions, data, shards);
        this.outbox = new Outbox(calls, children, executor, alarm, observer);
    }

    /** What became of the start of an execution. */
    public sealed interface Started {

        /** It has begun, now or with an earlier start of which the answer was lost. */
        record Anew(Head head) implements Started {}

        /** An execution of that name was there before. */
        record Before(Head head) implements Started {}
    }

    /** Begins an execution and runs it to its first waits before it returns. */
    public Started start(Definition definition, Engine.Start start) {
        try (var _ = logging(start.id())) {
            return begin(definition, start);
        }
    }

    private Started begin(Definition definition, Engine.Start start) {
        var turn = engine.start(definition, start);
        return switch (journal.commit(turn.head())) {
            case Commit.Conflict(var latest) when isOurs(turn, latest) -> {
                committed(turn, latest, 1);
                yield new Started.Anew(latest);
            }
            case Commit.Conflict(var latest) -> new Started.Before(latest);
            case Commit.Done(var head) -> {
                observer.started(head);
                committed(turn, head, 1);
                yield new Started.Anew(head);
            }
        };
    }

    /** Lets a signal happen to an execution; the verdict comes when it is committed. */
    public CompletableFuture<Verdict> deliver(ExecutionId id, Signal signal) {
        var verdict = new CompletableFuture<Verdict>();
        put(id, new Letter(signal, verdict));
        return verdict;
    }

    /** Lets a signal happen to an execution, whatever it does there. */
    public void tell(ExecutionId id, Signal signal) {
        put(id, new Letter(signal, new CompletableFuture<>()));
    }

    private void put(ExecutionId id, Letter letter) {
        if (mailboxes.put(id, letter, true)) {
            executor.execute(() -> attend(id));
        }
    }

    /** Lets a signal happen with the next one that does, or after a while. */
    void deliverSoon(ExecutionId id, Signal signal, Duration patience) {
        mailboxes.put(id, new Letter(signal, new CompletableFuture<>()), false);
        alarm.after(
                patience,
                () -> {
                    if (mailboxes.hurry(id)) {
                        executor.execute(() -> attend(id));
                    }
                });
    }

    LogContext logging(ExecutionId id) {
        return LogContext.of(engine.arns().execution(id));
    }

    private void attend(ExecutionId id) {
        try (var _ = logging(id)) {
            workOff(id);
        }
    }

    private void workOff(ExecutionId id) {
        for (var letters = mailboxes.take(id); !letters.isEmpty(); letters = mailboxes.take(id)) {
            try {
                workOff(id, letters);
            } catch (RuntimeException | Error e) {
                // The journal still says what is due: somebody comes back to it. Left with an
                // error, the mailbox would count as attended for ever.
                observer.notMoved(id, e);
                letters.forEach(letter -> letter.verdict().completeExceptionally(e));
            }
        }
    }

    private void workOff(ExecutionId id, List<Letter> letters) {
        var recent = journal.recent(id);
        var head = recent.or(() -> journal.read(id)).orElse(null);
        var mayBeOld = recent.isPresent();
        var signals = letters.stream().map(Letter::signal).toList();
        while (head != null) {
            LogContext.add(head);
            var turn = engine.wake(definitions.apply(head.revision()), head, signals);
            if (!turn.changed() && mayBeOld) {
                // Only the journal can say that nothing is to be done.
                head = journal.read(id).orElse(null);
                mayBeOld = false;
                continue;
            }
            if (!turn.changed()) {
                answer(letters, turn.verdicts());
                return;
            }
            switch (journal.commit(turn.head())) {
                case Commit.Done(var kept) -> {
                    committed(turn, kept, head.nextEvent());
                    answer(letters, turn.verdicts());
                    return;
                }
                case Commit.Conflict(var latest) when isOurs(turn, latest) -> {
                    committed(turn, latest, head.nextEvent());
                    answer(letters, turn.verdicts());
                    return;
                }
                case Commit.Conflict(var latest) -> {
                    observer.conflicted(latest);
                    head = latest;
                    mayBeOld = false;
                }
            }
        }
        letters.forEach(letter -> letter.verdict().complete(Verdict.EXECUTION_UNKNOWN));
    }

    /** Whether a commit was ours, although its answer said otherwise or was lost. */
    private static boolean isOurs(Turn turn, Head latest) {
        return turn.head().commit().equals(latest.commit());
    }

    private static void answer(List<Letter> letters, List<Verdict> verdicts) {
        for (var i = 0; i < letters.size(); i++) {
            letters.get(i).verdict().complete(verdicts.get(i));
        }
    }

    /**
     * @param firstEvent the id of the first event that the commit has added
     */
    private void committed(Turn turn, Head head, long firstEvent) {
        observer.committed(head);
        if (head.nextEvent() > firstEvent) {
            observer.happened(turn.head(), firstEvent);
        }
        if (!turn.stays().isEmpty()) {
            observer.stayed(head, turn.stays());
        }
        if (turn.ended()) {
            observer.ended(head);
        }
        outbox.send(head, turn.send(), this);
        if (turn.unfinished()) {
            tell(head.id(), new Signal.Due());
        } else {
            head.dueAt().ifPresent(at -> setTimer(head, at));
        }
    }

    private void setTimer(Head head, Instant at) {
        var delay = Duration.between(clock.instant(), at);
        var id = head.id();
        if (delay.compareTo(near) <= 0) {
            alarm.after(
                    delay.isNegative() ? Duration.ZERO : delay, () -> tell(id, new Signal.Due()));
        } else if (head.frames().stream().anyMatch(frame -> isPause(frame.waiting(), at))) {
            hints.hint(id, at);
        }
    }

    /** Deadlines are rarely reached: nobody is asked to wake an execution for one. */
    private static boolean isPause(Waiting waiting, Instant at) {
        return switch (waiting) {
            case Waiting.Timer(var until) -> until.equals(at);
            case Waiting.Retry(var again) -> again.equals(at);
            case Waiting.Turn _, Waiting.Answer _, Waiting.Worker _ -> false;
            case Waiting.Children _, Waiting.Distributed _ -> false;
        };
    }

    /** Where the timers of an execution are looked for. */
    static int shard(ExecutionId id, int shards) {
        return Math.floorMod(id.text().hashCode(), shards);
    }

    /** How many effects are being sent. */
    public int effectsInFlight() {
        return outbox.inFlight();
    }

    /** How many executions this process has work for. */
    public int executionsAtHand() {
        return mailboxes.size();
    }
}
