package io.millrace.benchmarks.engine;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Bounds;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Definition;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.token.TaskTokens;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.scope.Environment;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * {@code EngineAlone THREADS SECONDS}: ten Pass states moved by the engine and committed to a
 * journal that counts and forgets: what is left of an execution's time without HTTP, SDK and
 * DynamoDB. Says the processor time too, which others on the machine change little.
 */
public final class EngineAlone {

    private final Definition definition =
            new Definition("passes", new DefinitionParser().parse(Machines.passes()).orThrow());
    private final CountingJournal journal = new CountingJournal();
    private final AtomicLong ended = new AtomicLong();
    private final Engine engine;

    private EngineAlone() {
        var clock = Clock.tickMillis(ZoneOffset.UTC);
        var environment = new Environment(clock, RandomGenerator.getDefault(), UUID::randomUUID);
        this.engine =
                new Engine(
                        new StateEvaluator(environment),
                        new TaskTokens(new byte[TaskTokens.MIN_KEY_BYTES]),
                        new Arns("us-east-1", "000000000000"),
                        clock,
                        () -> UUID.randomUUID().toString(),
                        Bounds.DEFAULT);
    }

    /** Takes every commit, and keeps none. */
    private static final class CountingJournal implements Journal {

        private final LongAdder commits = new LongAdder();

        @Override
        public Commit commit(Head head) {
            commits.increment();
            return new Commit.Done(head);
        }

        @Override
        public Optional<Head> read(ExecutionId id) {
            return Optional.empty();
        }

        @Override
        public List<HistoryEvent> events(ExecutionId id, Head.Chunk chunk) {
            return List.of();
        }

        @Override
        public List<ExecutionId> due(int shard, Instant until, int limit) {
            return List.of();
        }

        @Override
        public Listing list(Query query) {
            return new Listing(List.of(), false);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        var alone = new EngineAlone();
        var threads = Integer.parseInt(arguments[0]);
        var window = Duration.ofSeconds(Long.parseLong(arguments[1]));
        alone.run(threads, window);
        var before = alone.ended.get();
        var commits = alone.journal.commits.sum();
        var processor = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var cpu = processor.getProcessCpuTime();
        var began = System.nanoTime();
        alone.run(threads, window);
        var executions = alone.ended.get() - before;
        System.out.printf(
                Locale.ROOT,
                "%d threads: %.0f executions/s, %.3f ms of processor time and %.2f writes each%n",
                threads,
                executions / ((System.nanoTime() - began) / 1e9),
                (processor.getProcessCpuTime() - cpu) / 1e6 / executions,
                (alone.journal.commits.sum() - commits) / (double) executions);
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
            var turn =
                    engine.start(
                            definition,
                            new Engine.Start(
                                    new ExecutionId("passes", UUID.randomUUID().toString()),
                                    "arn:aws:iam::000000000000:role/figures",
                                    Datum.ofText("{\"n\":1}"),
                                    Optional.empty(),
                                    0,
                                    Optional.empty()));
            if (journal.commit(turn.head()) instanceof Journal.Commit.Done(var head)
                    && head.status() == Status.SUCCEEDED) {
                ended.incrementAndGet();
            } else {
                throw new IllegalStateException("It has not ended at once");
            }
        }
    }
}
