package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.activity.ActivityTask;
import io.millrace.orchestrator.activity.HandOut;
import io.millrace.orchestrator.activity.Offers;
import io.millrace.orchestrator.activity.TaskQueue;
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
import io.millrace.orchestrator.execution.JobOf;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.execution.Waiting;
import io.millrace.orchestrator.journal.InMemoryJournal;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.token.TaskTokens;
import io.millrace.orchestrator.virtualtime.VirtualTime;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.scope.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything around the engine, without threads and in virtual time: a journal, workers that answer
 * by a script, and processes of which one lives at a time. What a process does can be made to fail
 * at any step, with the process or without it.
 */
final class World {

    static final ExecutionId EXECUTION = new ExecutionId("machine", "execution");
    private static final Duration LATEST = Duration.ofDays(400);

    private final InMemoryJournal journal = new InMemoryJournal();
    private final Random random;
    private final Definition definition;
    private final Optional<Definition> job;
    private final BiFunction<String, Integer, Optional<TaskOutcome>> worker;
    private final Faults faults;
    private final Engine engine;
    private final Workers workers;
    private final Set<String> effects = new LinkedHashSet<>();
    private final Map<String, Integer> asked = new LinkedHashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final Set<ExecutionId> executions = new LinkedHashSet<>();
    private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private Replica process;
    private int commits;
    private int heartbeats;
    private Duration beat = Duration.ZERO;
    private final List<Verdict> heard = new ArrayList<>();

    /**
     * @param worker what a task of a state says the nth time it is asked, from 0; empty for nothing
     */
    World(
            String definition,
            BiFunction<String, Integer, Optional<TaskOutcome>> worker,
            Faults faults,
            long seed) {
        this(definition, Optional.empty(), worker, faults, seed);
    }

    /**
     * @param job the definition of what {@code states:startExecution} begins
     */
    World(
            String definition,
            Optional<String> job,
            BiFunction<String, Integer, Optional<TaskOutcome>> worker,
            Faults faults,
            long seed) {
        this.definition = parsed("revision", definition);
        this.job = job.map(text -> parsed("job", text));
        this.worker = worker;
        this.faults = faults;
        this.random = new Random(seed);
        this.engine =
                new Engine(
                        new StateEvaluator(new Environment(time, random, UUID::randomUUID)),
                        new TaskTokens(new byte[32]),
                        new Arns("us-east-1", "000000000000"),
                        time,
                        () -> Long.toHexString(random.nextLong()),
                        Bounds.DEFAULT);
        this.workers = new Workers(effects);
        this.process = new Replica();
    }

    /** Has each worker say so often, one time each, that it is at it before it answers. */
    World withHeartbeats(int times, Duration each) {
        heartbeats = times;
        beat = each;
        return this;
    }

    private static Definition parsed(String revision, String text) {
        return new Definition(revision, new DefinitionParser().parse(text).orThrow());
    }

    private Definition definition(String revision) {
        return job.filter(_ -> revision.equals("job"))
                .orElseGet(() -> definition.ofRevision(revision));
    }

    /** Which step of all processes fails, and how. */
    static final class Faults {
        private final int at;
        private int steps;

        private Faults(int at) {
            this.at = at;
        }

        static Faults none() {
            return new Faults(-1);
        }

        static Faults at(int step) {
            return new Faults(step);
        }

        boolean now() {
            return steps++ == at;
        }

        int steps() {
            return steps;
        }
    }

    /** Items come with the input. */
    private static final MapRunData NO_DATA =
            new MapRunData() {
                @Override
                public Iterator<MapItem> read(MapRun.Service reader) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Datum write(MapRun.Service writer, String mapRunArn, Stream<Head> children) {
                    throw new UnsupportedOperationException();
                }
            };

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What a worker says of its task, at its time or as soon after it as somebody listens. */
    private record Message(String token, Function<Signal.TaskKey, Signal> content, Instant at) {}

    /** A process: its memory is lost with it, and nothing that it has begun goes on. */
    private final class Replica implements Journal, EffectCalls {
        private boolean alive = true;
        private final Map<ExecutionId, Head> former = new LinkedHashMap<>();
        private int recents;
        private final TaskQueue queue = workers.seen(this::step, faults::now);
        private final HandOut handOut =
                new HandOut(
                        queue,
                        this,
                        engine,
                        this::wake,
                        time,
                        () -> Long.toHexString(random.nextLong()));
        private final WakeUps wakeUps =
                new WakeUps(
                        this,
                        engine,
                        World.this::definition,
                        new Offers(workers, queue, engine, engine.arns(), _ -> {}, this),
                        NO_DATA,
                        1,
                        Hints.NONE,
                        time,
                        time,
                        time,
                        Observer.NONE,
                        Duration.ofSeconds(2));

        private Verdict wake(ExecutionId id, Signal signal) {
            var verdict = wakeUps.deliver(id, signal);
            while (time.workOff()) {
                // Until nothing is left to be done now.
            }
            if (!verdict.isDone() || verdict.isCompletedExceptionally()) {
                throw new Crash();
            }
            return verdict.join();
        }

        private void step() {
            if (!alive || faults.now()) {
                alive = false;
                throw new Crash();
            }
        }

        @Override
        public Optional<Head> read(ExecutionId id) {
            step();
            var head = journal.read(id);
            step();
            return head;
        }

        /** By turns nothing, the latest head, and one that is old. */
        @Override
        public Optional<Head> recent(ExecutionId id) {
            return switch (recents++ % 3) {
                case 0 -> Optional.ofNullable(former.get(id));
                case 1 -> journal.read(id);
                default -> Optional.empty();
            };
        }

        @Override
        public Commit commit(Head head) {
            step();
            journal.read(head.id()).ifPresent(latest -> former.put(head.id(), latest));
            var committed = journal.commit(head);
            executions.add(head.id());
            commits += committed instanceof Commit.Done ? 1 : 0;
            if (faults.now()) {
                // The answer was lost, the client asked again: it meets its own commit.
                return new Commit.Conflict(journal.read(head.id()).orElseThrow());
            }
            step();
            return committed;
        }

        @Override
        public TaskOutcome call(Head head, Effect.Outside effect) {
            step();
            var outcome =
                    effect instanceof Effect.Call call && call.resource().contains("startExecution")
                            ? begin(head, call)
                            : receive(effect);
            step();
            return outcome;
        }

        private TaskOutcome begin(Head head, Effect.Call call) {
            effects.add(call.id());
            var waiting = (Waiting.Answer) frame(head, call.frame()).waiting();
            var task =
                    new Signal.TaskKey(
                            head.id(), call.frame(), call.event(), waiting.nonce().orElseThrow());
            var _ =
                    wakeUps.start(
                            job.orElseThrow(),
                            new Engine.Start(
                                    waiting.job().orElseThrow(),
                                    "role",
                                    Datum.ofText("{}"),
                                    Optional.empty(),
                                    0,
                                    Optional.of(
                                            new JobOf(
                                                    task,
                                                    TaskResource.Pattern.RUN_A_JOB_WITH_JSON))));
            return done("{}");
        }

        private static Frame frame(Head head, String id) {
            return head.frames().stream()
                    .filter(frame -> frame.id().equals(id))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public List<HistoryEvent> events(ExecutionId id, Head.Chunk chunk) {
            return journal.events(id, chunk);
        }

        @Override
        public List<ExecutionId> due(int shard, Instant until, int limit) {
            return journal.due(shard, until, limit);
        }

        @Override
        public Listing list(Query query) {
            return journal.list(query);
        }
    }

    /** What the outside does with an effect; the same one again is noticed by its id. */
    private TaskOutcome receive(Effect effect) {
        var anew = effects.add(effect.id());
        if (!(effect instanceof Effect.Call call)) {
            return done("{}");
        }
        var name = call.parameters().node().path("name").asString(call.resource());
        if (anew) {
            asked.merge(name, 1, Integer::sum);
        }
        var answer = worker.apply(name, asked.getOrDefault(name, 1) - 1);
        if (!call.callback()) {
            return answer.orElseGet(() -> done("{}"));
        }
        var token = call.parameters().node().path("token").asString();
        say(token, answer);
        return done("{\"MessageId\":\"m\"}");
    }

    static TaskOutcome done(String json) {
        return new TaskOutcome.Done(Datum.ofText(json));
    }

    /** Starts the execution and lets the world go on until it has ended. */
    Head run(String input) {
        start(input);
        return untilTheEnd();
    }

    private Head untilTheEnd() {
        var deadline = time.instant().plus(LATEST);
        while (!head().status().ended() || !head().outbox().isEmpty()) {
            if (time.instant().isAfter(deadline)) {
                throw new AssertionError("Nothing ends the execution: " + head());
            }
            goOn();
        }
        return head();
    }

    /** Asks for a redrive until it is answered, and lets the world go on until the end. */
    Head redrive() {
        while (true) {
            var verdict =
                    process.wakeUps.deliver(EXECUTION, new Signal.Redriven(Optional.of("once"), 0));
            while (time.workOff()) {
                // Until nothing is left to be done now.
            }
            if (verdict.isDone() && !verdict.isCompletedExceptionally()) {
                if (verdict.join() != Verdict.TAKEN) {
                    throw new AssertionError("It is not redriven: " + verdict.join());
                }
                return untilTheEnd();
            }
            restart();
        }
    }

    void start(String input) {
        while (true) {
            try {
                process.wakeUps.start(
                        definition,
                        new Engine.Start(
                                EXECUTION,
                                "role",
                                Datum.ofText(input),
                                Optional.empty(),
                                0,
                                Optional.empty()));
                return;
            } catch (Crash _) {
                // Who asked for it has no answer, and asks again.
                restart();
            }
        }
    }

    private void restart() {
        time.forget();
        process = new Replica();
    }

    private void goOn() {
        if (!process.alive) {
            restart();
        }
        if (time.workOff()) {
            return;
        }
        var said = messages.stream().filter(each -> !each.at().isAfter(time.instant())).findFirst();
        if (said.isPresent()) {
            deliver(said.get());
        } else if (!work()) {
            advance();
        }
    }

    /** A worker of the activity asks for a task, and does it. */
    private boolean work() {
        try {
            var task = Workers.ask(process.handOut);
            task.ifPresent(this::work);
            return task.isPresent();
        } catch (Crash _) {
            return true;
        }
    }

    private void work(ActivityTask task) {
        var name = task.input().node().path("name").asString();
        var time = asked.merge(name, 1, Integer::sum) - 1;
        say(task.token(), worker.apply(name, time));
    }

    /** Has a worker say that it is at it, as often as workers do, and then its answer, if any. */
    private void say(String token, Optional<TaskOutcome> answer) {
        var at = time.instant();
        for (var said = 0; said < heartbeats; said++) {
            at = at.plus(beat);
            messages.add(new Message(token, Signal.Heartbeat::new, at));
        }
        var end = at;
        answer.ifPresent(outcome ->
                messages.add(new Message(token, task -> new Signal.Answered(task, outcome), end)));
    }

    /** What a worker says is delivered until it is taken: its message is kept until then. */
    private void deliver(Message message) {
        var task = engine.task(message.token()).orElseThrow();
        var signal = message.content().apply(task);
        var verdict = process.wakeUps.deliver(EXECUTION, signal);
        while (time.workOff()) {
            // Until nothing is left to be done now.
        }
        if (verdict.isDone() && !verdict.isCompletedExceptionally()) {
            messages.remove(message);
            if (signal instanceof Signal.Heartbeat) {
                heard.add(verdict.join());
            }
        }
    }

    private void advance() {
        var due = executions.stream().flatMap(id -> journal.read(id).stream()).map(Head::dueAt);
        var others =
                Stream.of(
                        time.nextAlarm(),
                        workers.nextFree(time.instant()),
                        messages.stream().map(Message::at).min(Comparator.naturalOrder()));
        time.moveTo(
                Stream.concat(due, others)
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(
                                () -> new AssertionError("Nothing ends the execution: " + head())));
        for (var id : journal.due(0, time.instant(), 10)) {
            process.wakeUps.tell(id, new Signal.Due());
        }
    }

    Head head() {
        return journal.read(EXECUTION).orElseThrow();
    }

    /** How the executions that the execution has begun have ended. */
    List<Status> children() {
        return executions.stream()
                .filter(id -> !id.equals(EXECUTION))
                .flatMap(id -> journal.read(id).stream())
                .map(Head::status)
                .toList();
    }

    /** Loses what children that have failed would be redriven from. */
    void makeChildrenUnredrivable() {
        for (var id : executions) {
            var child = journal.read(id).orElseThrow();
            if (child.parent().isPresent() && child.status() == Status.FAILED) {
                journal.commit(Heads.withoutRedrives(child));
            }
        }
    }

    /** Lets the world go on after the execution's end. */
    void goOnUntilAllHaveEnded() {
        while (!children().stream().allMatch(Status::ended)) {
            goOn();
        }
    }

    List<HistoryEvent> history() {
        var events = new ArrayList<HistoryEvent>();
        head().chunks().forEach(chunk -> events.addAll(journal.events(EXECUTION, chunk)));
        events.addAll(head().latest());
        return events;
    }

    List<String> types() {
        return history().stream().map(event -> event.type().text()).toList();
    }

    Set<String> effects() {
        return effects;
    }

    /** What workers were told that said that they were at it. */
    List<Verdict> heard() {
        return heard;
    }

    /** How often a task of that name was handed over. */
    int asked(String name) {
        return asked.getOrDefault(name, 0);
    }

    Instant now() {
        return time.instant();
    }

    int commits() {
        return commits;
    }
}
