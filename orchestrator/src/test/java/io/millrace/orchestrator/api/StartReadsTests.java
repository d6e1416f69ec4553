package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.workflow.InMemoryStateMachineStore;
import io.millrace.orchestrator.workflow.Logging;
import io.millrace.orchestrator.workflow.Published;
import io.millrace.orchestrator.workflow.Releases;
import io.millrace.orchestrator.workflow.StateMachine;
import io.millrace.orchestrator.workflow.StateMachineStore;
import io.millrace.orchestrator.workflow.StateMachines;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What starting executions asks of the table of definitions: next to nothing. */
class StartReadsTests {

    private static final String ARN = "arn:aws:states:us-east-1:000000000000:stateMachine:m";
    private static final String FIRST =
            "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}";
    private static final String SECOND =
            "{\"StartAt\": \"B\", \"States\": {\"B\": {\"Type\": \"Succeed\"}}}";

    private final InMemoryStateMachineStore table = new InMemoryStateMachineStore();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Runnable> reading = new AtomicReference<>(() -> {});
    private final Arns arns = new Arns("us-east-1", "000000000000");
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Replica replica = new Replica(counting(table));
    private final Replica other = new Replica(table);

    /** A process that starts executions. */
    private final class Replica {
        private final StateMachines machines;
        private final Published published;
        private final Targets targets;

        Replica(StateMachineStore store) {
            machines = new StateMachines(store, () -> now, _ -> true);
            published = new Published(store, () -> now);
            targets = new Targets(machines, published, arns, _ -> 0);
        }

        /** The definition that a start follows. */
        String start(String arn) {
            var arguments = JsonNodeFactory.instance.objectNode().put("stateMachineArn", arn);
            var machine = targets.toStart(new Request(arguments, arns, Optional.empty())).machine();
            return machines.definition(machine.revision()).language().graph().startAt();
        }

        void create() {
            machines.create("m", FIRST, "role", StateMachine.Type.STANDARD, Logging.OFF, false);
        }

        void update() {
            machines.update(
                    "m", Optional.of(SECOND), Optional.empty(), Optional.empty(), Optional.empty());
        }

        void alias() {
            published.change(
                    "m",
                    releases -> {
                        var released = releases.publish(machines.find("m").orElseThrow(), "", now);
                        return released.with(
                                new Releases.Alias(
                                        "live",
                                        "",
                                        List.of(new Releases.Route(released.lastNumber(), 100)),
                                        now,
                                        now));
                    });
        }
    }

    private StateMachineStore counting(StateMachineStore store) {
        return (StateMachineStore)
                Proxy.newProxyInstance(
                        StateMachineStore.class.getClassLoader(),
                        new Class<?>[] {StateMachineStore.class},
                        (_, method, arguments) -> {
                            asked.add(method.getName());
                            reading.getAndSet(() -> {}).run();
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    @Test
    void theFirstStartReadsTheMachineAndItsDefinitionAndTheOthersOfTheSecondNothing() {
        other.create();

        for (var i = 0; i < 100; i++) {
            assertThat(replica.start(ARN)).isEqualTo("A");
        }

        assertThat(asked).containsExactly("find", "revision");
    }

    @Test
    void aDefinitionIsReadOnceHoweverLongItIsStarted() {
        other.create();

        for (var i = 0; i < 10; i++) {
            replica.start(ARN);
            now = now.plusSeconds(2);
        }

        assertThat(asked).containsOnlyOnce("revision").contains("find");
    }

    @Test
    void startsAtTheSameMomentReadTheMachineOnce() throws InterruptedException {
        other.create();
        var starts = new ArrayList<Thread>();
        reading.set(() -> starts.forEach(StartReadsTests::untilItWaits));
        for (var i = 0; i < 5; i++) {
            starts.add(new Thread(() -> replica.start(ARN)));
        }

        replica.start(ARN);
        for (var start : starts) {
            start.join();
        }

        assertThat(asked).containsOnlyOnce("find");
    }

    /** Begins a start and returns when it waits for somebody else's, or for nobody. */
    private static void untilItWaits(Thread start) {
        start.start();
        while (start.getState() != Thread.State.BLOCKED && start.isAlive()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void startsByAnAliasReadNoMoreThanThoseByTheMachine() {
        other.create();
        other.alias();

        for (var i = 0; i < 100; i++) {
            assertThat(replica.start(ARN + ":live")).isEqualTo("A");
        }

        assertThat(asked).containsExactly("find", "document", "revision");
    }

    @Test
    void whatAnotherReplicaChangesIsSeenAfterASecond() {
        other.create();
        other.alias();
        replica.start(ARN + ":live");

        other.update();
        other.alias();
        now = now.plus(Duration.ofSeconds(1));

        assertThat(replica.start(ARN)).isEqualTo("B");
        assertThat(replica.start(ARN + ":live")).isEqualTo("B");
    }

    @Test
    void whatThisReplicaChangesIsSeenAtOnce() {
        replica.create();
        replica.alias();
        replica.start(ARN + ":live");

        replica.update();
        replica.alias();

        assertThat(replica.start(ARN)).isEqualTo("B");
        assertThat(replica.start(ARN + ":live")).isEqualTo("B");
    }
}
