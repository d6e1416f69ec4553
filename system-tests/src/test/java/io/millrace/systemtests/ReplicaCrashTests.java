package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.launcher.demo.Aws;
import io.millrace.localcloud.LocalCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
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

    /** None ends in less. */
    private static final Duration SHORTEST = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final int total = Math.toIntExact(setting("EXECUTIONS", 2_000));
    private final long rate = setting("RATE", 5);

    /** On a slower machine the queue of what it has not come to would be measured otherwise. */
    private final long mostOpen = 15 * rate;

    private final Duration takeover = Duration.ofSeconds(setting("TAKEOVER", 10));
    private final long seed = setting("SEED", System.nanoTime() & 0xFFFF_FFFFL);

    private record Ended(int n, DescribeExecutionResponse execution, List<HistoryEvent> history) {

        List<HistoryEventType> types() {
            return history.stream().map(HistoryEvent::type).sorted().toList();
        }
    }

    @Test
    void everyExecutionEndsAsItWouldWithoutKills() throws Exception {
        System.out.printf("MILLRACE_CRASH_SEED=%d, %d executions%n", seed, total);
        var prefix = "replicas-";
        try (var cloud = LocalCloud.builder().port(0).prefix(prefix).start();
                var aws = Aws.at(cloud.endpoint(), cloud.endpoint(), prefix);
                var replicas = new Replicas(3, cloud.endpoint(), prefix)) {
            var queue = aws.sqs().createQueue(request -> request.queueName("errands")).queueUrl();
            var machine = create(replicas, queue);
            try (var runner = new ErrandRunner(aws.sqs(), queue, replicas, 8)) {
                var undisturbed = undisturbed(replicas, machine);
                var ended = runAllWhileReplicasDie(replicas, machine);
                assertThat(replicas.kills()).as("there were kills").isNotEmpty();
                assertThat(ended)
                        .allSatisfy(each -> {
                            assertOutcome(each);
                            assertHistory(each, undisturbed.get(each.n() % 3 == 0 ? 0 : 1));
                        });
                assertEffects(runner);
                assertTakeover(ended, replicas.kills(), runner);
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

    /** One that fails at first and one that does not. */
    private static List<Ended> undisturbed(Replicas replicas, String machine)
            throws InterruptedException {
        var open = new LinkedBlockingQueue<Open>();
        open.add(start(replicas, machine, 0));
        open.add(start(replicas, machine, 1));
        return ends(replicas, open, 2).stream().sorted(Comparator.comparingInt(Ended::n)).toList();
    }

    private List<Ended> runAllWhileReplicasDie(Replicas replicas, String machine) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reaper = threads.submit(killing(replicas));
            var open = new LinkedBlockingQueue<Open>();
            var starts =
                    threads.submit(() -> {
                        for (var n = 0; n < total; n++) {
                            var number = n;
                            threads.execute(() -> open.add(start(replicas, machine, number)));
                            do {
                                Thread.sleep(1_000 / rate);
                            } while (open.size() > mostOpen);
                        }
                        return total;
                    });
            try {
                return ends(replicas, open, total);
            } finally {
                starts.cancel(true);
                reaper.cancel(true);
            }
        }
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

    /** An execution that has not been seen to end. */
    private record Open(int n, String arn, Instant lookAt, Instant until) {

        static Open started(int n, String arn) {
            var now = Instant.now();
            return new Open(n, arn, now.plus(SHORTEST), now.plus(PATIENCE));
        }

        Open later() {
            return new Open(n, arn, Instant.now().plusSeconds(2), until);
        }
    }

    /** Starts an execution, or meets one that has been started. */
    private static Open start(Replicas replicas, String machine, int n) {
        try {
            replicas.ask(each ->
                    each.startExecution(request ->
                            request.stateMachineArn(machine)
                                    .name("run-" + n)
                                    .input("{\"n\":%d}".formatted(n))));
        } catch (ExecutionAlreadyExistsException before) {
            // It has ended since: an answer was lost.
        }
        return Open.started(n, machine.replace(":stateMachine:", ":execution:") + ":run-" + n);
    }

    /** Looks at one after the other: many who ask at once would be most of the load. */
    private static List<Ended> ends(Replicas replicas, BlockingQueue<Open> open, int count)
            throws InterruptedException {
        var ended = new ArrayList<Ended>();
        while (ended.size() < count) {
            var next = open.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(next)
                    .as(
                            "one more of the %d executions is started; %d have ended",
                            count, ended.size())
                    .isNotNull();
            Thread.sleep(
                    Collections.max(
                            List.of(
                                    Duration.ZERO,
                                    Duration.between(Instant.now(), next.lookAt()))));
            var execution =
                    replicas.ask(each ->
                            each.describeExecution(request -> request.executionArn(next.arn())));
            if (execution.status() == ExecutionStatus.RUNNING
                    && Instant.now().isBefore(next.until())) {
                open.add(next.later());
            } else {
                ended.add(new Ended(next.n(), execution, history(replicas, next)));
            }
        }
        return ended;
    }

    private static List<HistoryEvent> history(Replicas replicas, Open execution) {
        return replicas.ask(each ->
                each
                        .getExecutionHistoryPaginator(
                                request -> request.executionArn(execution.arn()))
                        .events()
                        .stream()
                        .toList());
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

    private record Standstill(Ended ended, HistoryEvent before, HistoryEvent after, Duration time) {

        int n() {
            return ended.n();
        }

        List<HistoryEvent> history() {
            return ended.history();
        }

        @Override
        public String toString() {
            return "%s in run-%d from %s %s to %s %s"
                    .formatted(
                            time,
                            n(),
                            before.type(),
                            before.timestamp(),
                            after.type(),
                            after.timestamp());
        }
    }

    private void assertTakeover(List<Ended> ended, List<Instant> kills, ErrandRunner runner) {
        var longest =
                ended.stream()
                        .flatMap(each -> standstills(each, kills))
                        .max(Comparator.comparing(Standstill::time))
                        .orElseThrow();
        System.out.printf("%d kills, longest standstill: %s%n", kills.size(), longest);
        assertThat(longest.time())
                .as(() -> "%s%nkills at %s%n%s".formatted(longest, kills, story(longest, runner)))
                .isLessThanOrEqualTo(takeover);
    }

    /** What the history and the worker say of an execution, to see on which side it stood still. */
    private static String story(Standstill standstill, ErrandRunner runner) {
        var history =
                standstill.history().stream()
                        .map(event ->
                                "%s %d %s".formatted(event.timestamp(), event.id(), event.type()));
        return Stream.concat(history, runner.diary("run-" + standstill.n()).stream())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static Stream<Standstill> standstills(Ended ended, List<Instant> kills) {
        var history = ended.history();
        return IntStream.range(1, history.size())
                .mapToObj(event -> {
                    var before = history.get(event - 1);
                    var after = history.get(event);
                    var time = standstill(before.timestamp(), after.timestamp(), kills);
                    return new Standstill(ended, before, after, time);
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
