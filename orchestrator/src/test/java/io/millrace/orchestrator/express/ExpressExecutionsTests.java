package io.millrace.orchestrator.express;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Bounds;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Definition;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.token.TaskTokens;
import io.millrace.orchestrator.wakeup.EffectCalls;
import io.millrace.orchestrator.wakeup.Hints;
import io.millrace.orchestrator.wakeup.MapRunData;
import io.millrace.orchestrator.wakeup.Observer;
import io.millrace.orchestrator.wakeup.WakeUps;
import io.millrace.orchestrator.workflow.Logging;
import io.millrace.orchestrator.workflow.StateMachine;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.scope.Environment;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExpressExecutionsTests {

    private static final String TASK =
            """
            {"StartAt": "Work", "States": {"Work": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
              "Parameters": {}, "End": true}}}
            """;
    private static final String FAILURE =
            """
            {"StartAt": "Stop", "States": {"Stop": {"Type": "Fail", "Error": "Broken"}}}
            """;
    private static final TaskOutcome DONE = new TaskOutcome.Done(Datum.ofText("{}"));

    private final List<String> queue = new ArrayList<>();
    private final List<String> effects = new CopyOnWriteArrayList<>();

    @Test
    void whatADeadProcessBeganIsRunAgainWithTheSameEffects() {
        var never = new CompletableFuture<TaskOutcome>();
        var dies = process(TASK, (_, effect) -> seen(effect, never));
        dies.start(machine(), "name", Datum.ofText("{}"), Optional.empty());
        var message = queue.getFirst().getBytes(StandardCharsets.UTF_8);
        var handling = CompletableFuture.runAsync(() -> dies.take(message));
        await().until(() -> effects.size() == 1);
        // Its message is not done with.
        assertThat(handling).isNotDone();

        process(TASK, (_, effect) -> seen(effect, CompletableFuture.completedFuture(DONE)))
                .take(message);

        assertThat(effects).hasSize(2);
        assertThat(effects.get(0)).isEqualTo(effects.get(1)).contains(":express:machine:name:");
        never.complete(DONE);
        handling.join();
    }

    @Test
    void aFailureThatNobodySeesIsReportedBeforeItsMessageIsGone() {
        var process =
                process(
                        FAILURE,
                        (_, effect) -> seen(effect, CompletableFuture.completedFuture(DONE)));
        process.start(machine(), "name", Datum.ofText("{}"), Optional.empty());

        process.take(queue.getFirst().getBytes(StandardCharsets.UTF_8));

        assertThat(effects).hasSize(1);
    }

    @Test
    void aFailureThatItsCallerSeesIsNotReported() {
        var process =
                process(
                        FAILURE,
                        (_, effect) -> seen(effect, CompletableFuture.completedFuture(DONE)));

        var ended = process.run(machine(), "name", Datum.ofText("{}"), Optional.empty());

        assertThat(ended.status()).isEqualTo(Status.FAILED);
        assertThat(queue).isEmpty();
        assertThat(effects).isEmpty();
    }

    private TaskOutcome seen(Effect effect, CompletableFuture<TaskOutcome> outcome) {
        effects.add(effect.id());
        return outcome.join();
    }

    private static StateMachine machine() {
        var now = Instant.EPOCH;
        return new StateMachine(
                "machine",
                "",
                "revision",
                "role",
                StateMachine.Type.EXPRESS,
                Logging.OFF,
                false,
                Optional.empty(),
                now,
                now);
    }

    private ExpressExecutions process(String text, EffectCalls calls) {
        var definition = new Definition("revision", new DefinitionParser().parse(text).orThrow());
        var clock = Clock.systemUTC();
        var engine =
                new Engine(
                        new StateEvaluator(new Environment(clock, new Random(), UUID::randomUUID)),
                        new TaskTokens(new byte[32]),
                        new Arns("us-east-1", "000000000000"),
                        clock,
                        () -> UUID.randomUUID().toString(),
                        Bounds.DEFAULT);
        var running = new Running(Observer.NONE, calls, (_, _, _) -> {});
        Executor executor = work -> Thread.ofVirtual().start(work);
        return new ExpressExecutions(
                definitions ->
                        new WakeUps(
                                new MemoryJournal(),
                                engine,
                                definitions,
                                running,
                                NO_DATA,
                                1,
                                Hints.NONE,
                                clock,
                                executor,
                                (delay, work) ->
                                        CompletableFuture.delayedExecutor(
                                                        delay.toMillis(), TimeUnit.MILLISECONDS)
                                                .execute(work),
                                running,
                                Duration.ofDays(1)),
                running,
                queue::add,
                _ -> definition);
    }

    private static final MapRunData NO_DATA =
            new MapRunData() {
                @Override
                public Iterator<MapItem> read(MapRun.Service reader) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Datum write(MapRun.Service writer, String arn, Stream<Head> children) {
                    throw new UnsupportedOperationException();
                }
            };
}
