package io.millrace.benchmarks.engine;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Bounds;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.token.TaskTokens;
import io.millrace.orchestrator.wakeup.Executions;
import io.millrace.orchestrator.wakeup.Hints;
import io.millrace.orchestrator.wakeup.MapRunData;
import io.millrace.orchestrator.wakeup.Observer;
import io.millrace.orchestrator.wakeup.WakeUps;
import io.millrace.orchestrator.workflow.InMemoryStateMachineStore;
import io.millrace.orchestrator.workflow.Logging;
import io.millrace.orchestrator.workflow.StateMachine;
import io.millrace.orchestrator.workflow.StateMachines;
import io.millrace.orchestrator.workflow.StateMachines.Change;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.scope.Environment;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * {@code EngineAlone KIND THREADS SECONDS}: ten Pass states ({@code pass}) or a task whose worker
 * answers with its token ({@code callback}), moved by what moves them in production and committed
 * to a journal that counts: what is left of an execution's time without HTTP, SDK and DynamoDB.
 * Says the processor time too, which others on the machine change little.
 */
public final class EngineAlone {

    private static final int SHARDS = 4;

    private static final Duration NEAR = Duration.ofSeconds(2);

    private static final Datum INPUT = Datum.ofText("{\"n\":1}");

    private static final TaskOutcome ACCEPTED =
            new TaskOutcome.Done(Datum.ofText("{\"MessageId\":\"figures\"}"));

    private static final TaskOutcome ANSWER = new TaskOutcome.Done(Datum.ofText("{}"));

    private final CountingJournal journal = new CountingJournal();
    private final LongAdder ended = new LongAdder();
    private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    private final boolean answered;
    private final StateMachine machine;
    private final Executions executions;

    private EngineAlone(String kind) {
        this.answered = kind.equals("callback");
        var clock = Clock.tickMillis(ZoneOffset.UTC);
        var machines = new StateMachines(new InMemoryStateMachineStore(), clock, _ -> true);
        this.machine = machine(machines, definition(kind));
        var environment = new Environment(clock, RandomGenerator.getDefault(), UUID::randomUUID);
        var engine =
                new Engine(
                        new StateEvaluator(environment),
                        new TaskTokens(new byte[TaskTokens.MIN_KEY_BYTES]),
                        new Arns("us-east-1", "000000000000"),
                        clock,
                        () -> UUID.randomUUID().toString(),
                        Bounds.DEFAULT);
        this.executions =
                new Executions(
                        wakeUps(engine, machines, clock), engine, machines, SHARDS, () -> {});
    }

    private static String definition(String kind) {
        return switch (kind) {
            case "pass" -> Machines.passes();
            case "callback" -> Machines.callback("http://localhost/000000000000/figures");
            default -> throw new IllegalArgumentException(kind + " is neither pass nor callback");
        };
    }

    private static StateMachine machine(StateMachines machines, String definition) {
        var role = "arn:aws:iam::000000000000:role/figures";
        var type = StateMachine.Type.STANDARD;
        return switch (machines.create("figures", definition, role, type, Logging.OFF, false)) {
            case Change.Done(var machine) -> machine;
            case Change refused -> throw new IllegalArgumentException(refused.toString());
        };
    }

    /** As the orchestrator has it, but with another journal and other calls. */
    private WakeUps wakeUps(Engine engine, StateMachines machines, Clock clock) {
        var executor =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("wake-up-", 0).factory());
        var alarmClock =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("alarm").factory());
        return new WakeUps(
                journal,
                engine,
                machines::definition,
                this::accepted,
                new NoMapRuns(),
                SHARDS,
                Hints.NONE,
                clock,
                executor,
                (delay, work) -> {
                    var _ =
                            alarmClock.schedule(
                                    () -> executor.execute(work),
                                    delay.toMillis(),
                                    TimeUnit.MILLISECONDS);
                },
                new CountingObserver(),
                NEAR);
    }

    private TaskOutcome accepted(Head head, Effect.Outside effect) {
        if (!(effect instanceof Effect.Call call)) {
            throw new IllegalStateException("%s has failed".formatted(head.id()));
        }
        var message = call.parameters().node().required("MessageBody");
        tokens.add(message.required("token").stringValue());
        return ACCEPTED;
    }

    private final class CountingObserver implements Observer {
        @Override
        public void ended(Head head) {
            ended.increment();
        }
    }

    private static final class NoMapRuns implements MapRunData {
        @Override
        public Iterator<MapItem> read(MapRun.Service reader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Datum write(MapRun.Service writer, String mapRunArn, Stream<Head> children) {
            throw new UnsupportedOperationException();
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        var kind = arguments[0];
        var alone = new EngineAlone(kind);
        var threads = Integer.parseInt(arguments[1]);
        var window = Duration.ofSeconds(Long.parseLong(arguments[2]));
        alone.letSomeWait();
        alone.run(threads, window);
        var before = alone.ended.sum();
        var commits = alone.journal.commits();
        var processor = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var cpu = processor.getProcessCpuTime();
        var began = System.nanoTime();
        alone.run(threads, window);
        var executions = alone.ended.sum() - before;
        System.out.printf(
                Locale.ROOT,
                "%s, %d threads: %.0f executions/s, %.3f ms of processor time and %.2f writes each%n",
                kind,
                threads,
                executions / ((System.nanoTime() - began) / 1e9),
                (processor.getProcessCpuTime() - cpu) / 1e6 / executions,
                (alone.journal.commits() - commits) / (double) executions);
    }

    /** So that no answer overtakes what says that its message was accepted. */
    private void letSomeWait() {
        for (var i = 0; answered && i < Starts.IN_FLIGHT; i++) {
            start();
        }
    }

    private void run(int count, Duration window) throws InterruptedException {
        var until = System.nanoTime() + window.toNanos();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().start(() -> move(until)));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private void move(long until) {
        while (System.nanoTime() < until) {
            start();
            if (answered) {
                answer();
            }
        }
    }

    private void start() {
        var started =
                executions.start(machine, UUID.randomUUID().toString(), INPUT, Optional.empty());
        if (!(started instanceof WakeUps.Started.Anew)) {
            throw new IllegalStateException("It was there before");
        }
    }

    /** Answers the task that waits longest. */
    private void answer() {
        try {
            var verdict = executions.answer(tokens.take(), ANSWER);
            if (verdict.filter(Verdict.TAKEN::equals).isEmpty()) {
                throw new IllegalStateException("A task's answer was not taken: " + verdict);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
