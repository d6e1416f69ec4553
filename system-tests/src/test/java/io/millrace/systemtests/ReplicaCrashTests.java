package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.launcher.demo.Aws;
import io.millrace.localcloud.LocalCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three orchestrators, killed at random all the while. {@code MILLRACE_CRASH_EXECUTIONS} says how
 * many executions there are and switches it on, {@code MILLRACE_CRASH_RATE} how many start each
 * second, {@code MILLRACE_CRASH_SEED} which kills come, {@code MILLRACE_CRASH_TAKEOVER} how many
 * seconds an execution may stand still.
 */
@Tag("crash")
@EnabledIfEnvironmentVariable(named = "MILLRACE_CRASH_EXECUTIONS", matches = "\\d+")
class ReplicaCrashTests {

    /** The longest that the workflow waits of itself. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final int total = Math.toIntExact(setting("EXECUTIONS", 2_000));
    private final long rate = setting("RATE", 12);
    private final Duration takeover = Duration.ofSeconds(setting("TAKEOVER", 10));
    private final long seed = setting("SEED", System.nanoTime() & 0xFFFF_FFFFL);

    private record Ended(int n, DescribeExecutionResponse execution, List<HistoryEvent> history) {

        List<HistoryEventType> types() {
            return history.stream().map(HistoryEvent::type).sorted().toList();
        }
    }

    @Test
    void everyExecutionEndsAsItWouldWithoutKills(@TempDir Path data) throws Exception {
        System.out.printf("MILLRACE_CRASH_SEED=%d, %d executions%n", seed, total);
        var prefix = "replicas-";
        try (var cloud = LocalCloud.builder().port(0).prefix(prefix).dataDir(data).start();
                var aws = Aws.at(cloud.endpoint(), cloud.endpoint(), prefix);
                var replicas = new Replicas(3, cloud.endpoint(), prefix)) {
            var queue = aws.sqs().createQueue(request -> request.queueName("errands")).queueUrl();
            var machine = create(replicas, queue);
            try (var runner = new ErrandRunner(aws.sqs(), queue, replicas, 8)) {
                var undisturbed = List.of(run(replicas, machine, 0), run(replicas, machine, 1));
                var ended = runAllWhileReplicasDie(replicas, machine);
                assertThat(replicas.kills()).as("there were kills").isNotEmpty();
                assertThat(ended)
                        .allSatisfy(each -> {
                            assertOutcome(each);
                            assertHistory(each, undisturbed.get(each.n() % 3 == 0 ? 0 : 1));
                        });
                assertEffects(runner);
                assertTakeover(ended, replicas.kills());
            }
        }
    }

    private static String create(Replicas replicas, String queue) {
        var definition = definition().replace("${Queue}", queue);
        return replicas.ask(each ->
                each.createStateMachine(request ->
                                request.name("errand")
                                        .definition(definition)
                                        .roleArn("arn:aws:iam::000000000000:role/r"))
                        .stateMachineArn());
    }

    private List<Ended> runAllWhileReplicasDie(Replicas replicas, String machine) throws Exception {
        var ended = new ArrayList<Ended>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reaper = threads.submit(killing(replicas));
            var runs = new ArrayList<Future<Ended>>();
            for (var n = 0; n < total; n++) {
                var number = n;
                runs.add(threads.submit(() -> run(replicas, machine, number)));
                Thread.sleep(1_000 / rate);
            }
            try {
                for (var run : runs) {
                    ended.add(run.get());
                }
            } finally {
                reaper.cancel(true);
            }
        }
        return ended;
    }

    private Callable<Void> killing(Replicas replicas) {
        var random = new SplittableRandom(seed);
        return () -> {
            while (true) {
                Thread.sleep(1_000 + random.nextInt(4_000));
                replicas.killSome(random);
            }
        };
    }

    /** Starts an execution, or meets one that has been started, and waits for its end. */
    private static Ended run(Replicas replicas, String machine, int n) throws Exception {
        var arn = machine.replace(":stateMachine:", ":execution:") + ":run-" + n;
        try {
            replicas.ask(each ->
                    each.startExecution(request ->
                            request.stateMachineArn(machine)
                                    .name("run-" + n)
                                    .input("{\"n\":%d}".formatted(n))));
        } catch (ExecutionAlreadyExistsException before) {
            // It has ended since: an answer was lost, or it ran undisturbed.
        }
        var until = Instant.now().plus(PATIENCE);
        while (true) {
            Thread.sleep(3_000);
            var execution =
                    replicas.ask(
                            each -> each.describeExecution(request -> request.executionArn(arn)));
            if (execution.status() != ExecutionStatus.RUNNING || Instant.now().isAfter(until)) {
                var history =
                        replicas.ask(each ->
                                each
                                        .getExecutionHistoryPaginator(
                                                request -> request.executionArn(arn))
                                        .events()
                                        .stream()
                                        .toList());
                return new Ended(n, execution, history);
            }
        }
    }

    private static void assertOutcome(Ended ended) {
        var name = "run-" + ended.n();
        assertThat(ended.execution().status()).as(name).isEqualTo(ExecutionStatus.SUCCEEDED);
        var expected =
                """
                {"n": %2$d, "asked": {"key": "%1$s/ask", "attempt": %3$d},
                 "both": [{"key": "%1$s/left", "attempt": 0}, "told"],
                 "each": [{"key": "%1$s/each/1", "attempt": 0},
                          {"key": "%1$s/each/2", "attempt": 0},
                          {"key": "%1$s/each/3", "attempt": 0}]}
                """
                        .formatted(name, ended.n(), failures(ended.n()));
        assertThat(JSON.readTree(ended.execution().output())).isEqualTo(JSON.readTree(expected));
    }

    private static void assertHistory(Ended ended, Ended undisturbed) {
        var history = ended.history();
        assertThat(history)
                .extracting(HistoryEvent::id)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, history.size()).mapToObj(Long::valueOf).toList());
        assertThat(history)
                .allMatch(event -> event.previousEventId() >= 0)
                .allMatch(event -> event.previousEventId() < event.id());
        assertThat(history.getFirst().type()).isEqualTo(HistoryEventType.EXECUTION_STARTED);
        assertThat(history.getLast().type()).isEqualTo(HistoryEventType.EXECUTION_SUCCEEDED);
        assertThat(ended.types()).isEqualTo(undisturbed.types());
    }

    /** Each effect came, none that was not decided, and each under one token however often. */
    private void assertEffects(ErrandRunner runner) {
        var expected = IntStream.range(0, total).boxed().flatMap(n -> effects(n).stream()).toList();
        assertThat(runner.effects().keySet()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(runner.effects()).allSatisfy((_, tokens) -> assertThat(tokens).hasSize(1));
        System.out.printf(
                "%d effects, %d of them sent again%n",
                expected.size(), runner.received() - expected.size());
    }

    private static Set<String> effects(int n) {
        var attempts =
                Map.of(
                        "ask",
                        failures(n),
                        "left",
                        0,
                        "tell",
                        0,
                        "each/1",
                        0,
                        "each/2",
                        0,
                        "each/3",
                        0);
        return attempts.entrySet().stream()
                .flatMap(each ->
                        IntStream.rangeClosed(0, each.getValue())
                                .mapToObj(attempt ->
                                        "run-%d/%s#%d".formatted(n, each.getKey(), attempt)))
                .collect(Collectors.toSet());
    }

    private static int failures(int n) {
        return n % 3 == 0 ? 1 : 0;
    }

    private record Standstill(int n, HistoryEvent before, HistoryEvent after, Duration time) {
        @Override
        public String toString() {
            return "%s in run-%d from %s %s to %s %s"
                    .formatted(
                            time,
                            n,
                            before.type(),
                            before.timestamp(),
                            after.type(),
                            after.timestamp());
        }
    }

    private void assertTakeover(List<Ended> ended, List<Instant> kills) {
        var longest =
                ended.stream()
                        .flatMap(each -> standstills(each, kills))
                        .max(Comparator.comparing(Standstill::time))
                        .orElseThrow();
        System.out.printf("kills at %s%nlongest standstill: %s%n", kills, longest);
        assertThat(longest.time()).as(longest.toString()).isLessThanOrEqualTo(takeover);
    }

    private static Stream<Standstill> standstills(Ended ended, List<Instant> kills) {
        var history = ended.history();
        return IntStream.range(1, history.size())
                .mapToObj(event -> {
                    var before = history.get(event - 1);
                    var after = history.get(event);
                    var time = standstill(before.timestamp(), after.timestamp(), kills);
                    return new Standstill(ended.n(), before, after, time);
                });
    }

    /** The longest time without a kill: whoever takes over may be killed in turn. */
    private static Duration standstill(Instant from, Instant to, List<Instant> kills) {
        var between =
                kills.stream()
                        .filter(kill -> kill.isAfter(from) && kill.isBefore(to))
                        .sorted()
                        .toList();
        var longest = Duration.ZERO;
        var last = from.plus(LONGEST_WAIT);
        for (var kill : between) {
            longest = Collections.max(List.of(longest, Duration.between(last, kill)));
            last = kill;
        }
        return Collections.max(List.of(longest, Duration.between(last, to)));
    }

    private static String definition() {
        try (var file = ReplicaCrashTests.class.getResourceAsStream("/errand.asl.json")) {
            if (file == null) {
                throw new IllegalStateException("errand.asl.json is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long setting(String name, long otherwise) {
        return Optional.ofNullable(System.getenv("MILLRACE_CRASH_" + name))
                .map(Long::parseLong)
                .orElse(otherwise);
    }
}
