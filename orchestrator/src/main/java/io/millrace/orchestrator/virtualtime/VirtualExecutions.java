package io.millrace.orchestrator.virtualtime;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Bounds;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Definition;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Frame;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.journal.InMemoryJournal;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.token.TaskTokens;
import io.millrace.orchestrator.wakeup.Hints;
import io.millrace.orchestrator.wakeup.MapRunData;
import io.millrace.orchestrator.wakeup.Observer;
import io.millrace.orchestrator.wakeup.WakeUps;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.evaluate.Inspector;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.scope.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Executions of one definition, moved by the engine that moves them in production, on a journal in
 * memory. The same seed and the same answers from outside lead to the same history. For one thread.
 */
public final class VirtualExecutions {

    /** Nothing is lost in memory: no effect need be sent again. */
    private static final Bounds BOUNDS =
            new Bounds(
                    Bounds.DEFAULT.events(),
                    Bounds.DEFAULT.bytes(),
                    Bounds.AWS_PAYLOAD,
                    Bounds.DEFAULT.history(),
                    Duration.ofDays(36_500),
                    Bounds.DEFAULT.children());

    private final Definition definition;
    private final VirtualTime time;
    private final Outside outside;
    private final Journal journal;
    private final Map<ExecutionId, Instant> due = new LinkedHashMap<>();
    private final Engine engine;
    private final WakeUps wakeUps;
    private @Nullable Throwable failure;

    /**
     * @param seed of all chance and all ids
     * @param inspector is told what the states decide
     */
    public VirtualExecutions(
            Definition definition,
            VirtualTime time,
            long seed,
            Arns arns,
            Outside outside,
            MapRunData data,
            Inspector inspector) {
        this(definition, time, seed, arns, outside, data, inspector, new InMemoryJournal());
    }

    /**
     * @param journal where the executions are kept
     */
    public VirtualExecutions(
            Definition definition,
            VirtualTime time,
            long seed,
            Arns arns,
            Outside outside,
            MapRunData data,
            Inspector inspector,
            Journal journal) {
        this.journal = journal;
        this.definition = definition;
        this.time = time;
        this.outside = outside;
        var random = new Random(seed);
        var environment = new Environment(time, random, () -> uuid(random));
        this.engine =
                new Engine(
                        new StateEvaluator(environment).inspectedBy(inspector),
                        new TaskTokens(new byte[TaskTokens.MIN_KEY_BYTES]),
                        arns,
                        time,
                        () -> Long.toHexString(random.nextLong()),
                        BOUNDS);
        this.wakeUps =
                new WakeUps(
                        journal,
                        engine,
                        definition::ofRevision,
                        this::call,
                        data,
                        1,
                        Hints.NONE,
                        time,
                        time,
                        // What a process does a little later, others do before it here too.
                        (_, work) -> time.after(Duration.ZERO, work),
                        new Watcher(),
                        Duration.ZERO);
    }

    private static UUID uuid(Random random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes);
    }

    private final class Watcher implements Observer {

        @Override
        public void committed(Head head) {
            dueAt(head).ifPresentOrElse(at -> due.put(head.id(), at), () -> due.remove(head.id()));
            outside.committed(head);
        }

        @Override
        public void notMoved(ExecutionId id, Throwable reason) {
            failure = reason;
        }
    }

    /** When it goes on by itself; a call that nobody answers is not repeated. */
    private static Optional<Instant> dueAt(Head head) {
        return Stream.concat(
                        head.frames().stream().flatMap(frame -> frame.waiting().dueAt().stream()),
                        head.deadline().filter(_ -> !head.status().ended()).stream())
                .min(Comparator.naturalOrder());
    }

    private static final class NoAnswerYet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoAnswerYet() {
            super("no answer yet", null, false, false);
        }
    }

    private TaskOutcome call(Head head, Effect.Outside effect) {
        return switch (effect) {
            case Effect.Call call -> {
                try {
                    yield outside.call(head, call).orElseThrow(NoAnswerYet::new);
                } catch (NoAnswerYet e) {
                    throw e;
                } catch (RuntimeException | Error e) {
                    // The loop would take it for a connection that broke.
                    failure = e;
                    throw e;
                }
            }
            case Effect.ReportFailure _ -> new TaskOutcome.Done(Datum.ofText("{}"));
        };
    }

    /** Begins an execution and runs it to its first waits. */
    public void start(ExecutionId id, String roleArn, Datum input) {
        wakeUps.start(
                definition,
                new Engine.Start(id, roleArn, input, Optional.empty(), 0, Optional.empty()));
    }

    /**
     * Does the next thing there is to do, after moving the time to it if need be; false if there is
     * none until then. What is thrown outside, or by the engine, is thrown here.
     */
    public boolean goOn(Instant latest) {
        if (time.workOff()) {
            throwFailure();
            return true;
        }
        var next =
                Stream.concat(time.nextAlarm().stream(), due.values().stream())
                        .min(Comparator.naturalOrder())
                        .filter(at -> !at.isAfter(latest));
        next.ifPresent(this::moveTo);
        return next.isPresent();
    }

    private void moveTo(Instant next) {
        time.moveTo(next);
        throwFailure();
        var now =
                due.entrySet().stream()
                        .filter(entry -> !entry.getValue().isAfter(time.instant()))
                        .map(Map.Entry::getKey)
                        .toList();
        now.forEach(due::remove);
        now.forEach(id -> wakeUps.tell(id, new Signal.Due()));
    }

    private void throwFailure() {
        var thrown = failure;
        failure = null;
        switch (thrown) {
            case null -> {}
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        }
    }

    /** A call has been answered that had no answer when it was made. */
    public void called(ExecutionId id, Effect.Call call, TaskOutcome outcome) {
        wakeUps.tell(id, new Signal.Called(call.id(), outcome));
    }

    /** A worker answers with a task's token; empty if the token is none of these executions'. */
    public Optional<CompletableFuture<Verdict>> answer(String token, TaskOutcome outcome) {
        return deliver(token, task -> new Signal.Answered(task, outcome));
    }

    /** A worker takes an activity's task; empty if the token is none of these executions'. */
    public Optional<CompletableFuture<Verdict>> take(String token) {
        return deliver(
                token, task -> new Signal.Taken(task, "virtual", List.of(), Optional.empty()));
    }

    /** A worker is still at it; empty if the token is none of these executions'. */
    public Optional<CompletableFuture<Verdict>> heartbeat(String token) {
        return deliver(token, Signal.Heartbeat::new);
    }

    private Optional<CompletableFuture<Verdict>> deliver(
            String token, Function<Signal.TaskKey, Signal> signal) {
        return engine.task(token)
                .map(task -> wakeUps.deliver(task.execution(), signal.apply(task)));
    }

    /** Somebody stops an execution. */
    public void stop(ExecutionId id, StateError reason) {
        wakeUps.tell(id, new Signal.Stopped(reason));
    }

    /** The token of the task that a frame waits for, if its result comes with one. */
    public Optional<String> token(Head head, Frame frame) {
        return engine.token(head, frame);
    }

    public Head head(ExecutionId id) {
        return journal.read(id)
                .orElseThrow(() -> new IllegalArgumentException("There is no execution " + id));
    }

    /** All events of an execution. */
    public List<HistoryEvent> history(ExecutionId id) {
        var head = head(id);
        var events = new ArrayList<HistoryEvent>();
        head.chunks().forEach(chunk -> events.addAll(journal.events(id, chunk)));
        events.addAll(head.latest());
        return events;
    }
}
