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
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * Three orchestrators, killed at random all the while. {@code MILLRACE_CRASH_EXECUTIONS} says how
 * many executions there are and switches it on, {@code MILLRACE_CRASH_RATE} how many start each
 * second, {@code MILLRACE_CRASH_SEED} which kills come, {@code MILLRACE_CRASH_TAKEOVER} how many
 * seconds an execution may stand still.
 */
@Tag("crash")
@EnabledIfEnvironmentVariable(named = "MILLRACE_CRASH_EXECUTIONS", matches = "\\d+")
class ReplicaCrashTests {

    /** None ends in less. */
    private static final Duration SHORTEST = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final int total = Math.toIntExact(setting("EXECUTIONS", 2_000));
    private final long rate = setting("RATE", 5);
    private final Duration takeover = Duration.ofSeconds(setting("TAKEOVER", 10));
    private final long seed = setting("SEED", System.nanoTime() & 0xFFFF_FFFFL);

    @Test
    void everyExecutionEndsAsItWouldWithoutKills() throws Exception {
        System.out.printf("MILLRACE_CRASH_SEED=%d, %d executions%n", seed, total);
        var prefix = "replicas-";
        try (var cloud = LocalCloud.builder().port(0).prefix(prefix).start();
                var aws = Aws.at(cloud.endpoint(), cloud.endpoint(), prefix);
                var replicas = new Replicas(3, cloud.endpoint(), prefix)) {
            var queue = aws.sqs().createQueue(request -> request.queueName("errands")).queueUrl();
            var activity =
                    replicas.ask(each -> each.createActivity(request -> request.name("errands")))
                            .activityArn();
            var machine = create(replicas, queue, activity);
            var diary = new Diary();
            try (var runner = new ErrandRunner(aws.sqs(), queue, replicas, diary, 8);
                    var worker = new ActivityWorker(activity, replicas, diary, 6)) {
                var undisturbed = undisturbed(replicas, machine);
                var ended = runAllWhileReplicasDie(replicas, machine);
                var kills = replicas.kills();
                assertThat(kills).as("there were kills").isNotEmpty();
                assertThat(ended)
                        .allSatisfy(each -> {
                            each.assertOutcome();
                            each.assertHistory(undisturbed.get(1 - each.failures()), kills);
                        });
                assertEffects(ended, diary, runner.received() + worker.given());
                assertHandOuts(ended, worker);
                assertTakeover(ended, kills, diary);
            }
        }
    }

    private static String create(Replicas replicas, String queue, String activity) {
        var definition = definition().replace("${Queue}", queue).replace("${Activity}", activity);
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
                            Thread.sleep(1_000 / rate);
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

    /** Each effect came, none that was not decided, and each under one token however often. */
    private void assertEffects(List<Ended> ended, Diary diary, long received) {
        var expected = ended.stream().flatMap(each -> effects(each, diary)).toList();
        assertThat(diary.effects().keySet()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(diary.effects()).allSatisfy((_, tokens) -> assertThat(tokens).hasSize(1));
        System.out.printf(
                "%d effects, %d of them sent again%n", expected.size(), received - expected.size());
    }

    /** What workers were asked for: none knows of an attempt that was lost on its way. */
    private static Stream<String> effects(Ended ended, Diary diary) {
        var once = Stream.of("tell#0", "each/1#0", "each/2#0", "each/3#0", "ask#0");
        var again = IntStream.rangeClosed(1, ended.failures()).mapToObj(each -> "ask#" + each);
        var forgotten =
                Stream.of("left#0")
                        .filter(_ -> ended.forgets())
                        .filter(each -> diary.effects().containsKey(ended.name() + "/" + each));
        return Stream.of(once, again, forgotten, Stream.of("left#" + ended.lost()))
                .flatMap(each -> each)
                .map(effect -> ended.name() + "/" + effect);
    }

    /** No task was given to two workers, and none was taken from one that was heard of. */
    private void assertHandOuts(List<Ended> ended, ActivityWorker worker) {
        assertThat(worker.given())
                .as("tasks that workers were given")
                .isEqualTo(total + worker.forgotten());
        System.out.printf(
                "%d heartbeats, %d tasks forgotten, %d lost on their way to a worker%n",
                worker.beats(),
                worker.forgotten(),
                ended.stream().mapToInt(Ended::lost).sum() - worker.forgotten());
    }

    private void assertTakeover(List<Ended> ended, List<Instant> kills, Diary diary) {
        var longest = Standstill.longest(ended, kills);
        System.out.printf("%d kills, longest standstill: %s%n", kills.size(), longest);
        assertThat(longest.time())
                .as(() -> "%s%nkills at %s%n%s".formatted(longest, kills, longest.story(diary)))
                .isLessThanOrEqualTo(takeover);
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
