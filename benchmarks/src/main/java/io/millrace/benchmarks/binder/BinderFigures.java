package io.millrace.benchmarks.binder;

import io.millrace.localcloud.queues.ElasticMq;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Messages a second of a binding and of an {@code @SqsListener}, in turn, on one ElasticMQ in the
 * same JVM: first both ways to send fill their queues, then both drain them.
 */
public final class BinderFigures {

    private static final int MESSAGES = Integer.getInteger("messages", 20_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int WARM_UP = 3;
    private static final boolean OBSERVED = Boolean.getBoolean("observed");
    private static final int CONCURRENCY = Integer.getInteger("concurrency", 10);
    private static final String OBSERVATIONS =
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration";

    private static final int SENDERS = 8;

    private BinderFigures() {}

    public static void main(String[] arguments) throws Exception {
        try (var queues = ElasticMq.start(Optional.empty());
                var binderContext =
                        start(
                                Drains.OnBinder.class,
                                queues,
                                "spring.cloud.function.definition=count",
                                "spring.cloud.stream.output-bindings=" + Drains.OUTPUT,
                                "spring.cloud.stream.bindings.%s.destination=by-binder"
                                        .formatted(Drains.OUTPUT),
                                "spring.cloud.stream.bindings.%s.producer.use-native-encoding=true"
                                        .formatted(Drains.OUTPUT),
                                "spring.cloud.stream.bindings.%s.destination=by-binder"
                                        .formatted(Drains.BINDING),
                                "spring.cloud.stream.bindings.%s.content-type=text/plain"
                                        .formatted(Drains.BINDING),
                                "spring.cloud.stream.bindings.%s.content-type=text/plain"
                                        .formatted(Drains.OUTPUT),
                                // Spring Cloud Stream starts no anonymous group a second time.
                                "spring.cloud.stream.bindings.%s.group=figures"
                                        .formatted(Drains.BINDING),
                                "spring.cloud.stream.bindings.%s.consumer.auto-startup=false"
                                        .formatted(Drains.BINDING),
                                "spring.cloud.stream.bindings.%s.consumer.concurrency=%d"
                                        .formatted(Drains.BINDING, CONCURRENCY),
                                "spring.cloud.stream.aws.default.consumer.wait-time=1s");
                var listenerContext =
                        start(
                                Drains.OnListener.class,
                                queues,
                                "queue=by-listener",
                                "concurrency=" + CONCURRENCY,
                                "spring.cloud.function.definition=",
                                "spring.cloud.aws.sqs.listener.auto-startup=false")) {
            var binder = Drains.binder(binderContext);
            var listener = Drains.listener(listenerContext);
            for (var round = 1 - WARM_UP; round <= ROUNDS; round++) {
                // The JVM is faster with each round: each goes first as often as the other.
                var oursFirst = round % 2 == 0;
                var first = oursFirst ? round("by-binder", binder) : round("by-listener", listener);
                var second =
                        oursFirst ? round("by-listener", listener) : round("by-binder", binder);
                var ours = oursFirst ? first : second;
                var theirs = oursFirst ? second : first;
                System.out.printf(
                        Locale.ROOT,
                        "%s: binder %.0f/s, @SqsListener %.0f/s, ratio %.2f;"
                                + " sends: binder %.0f/s, SqsTemplate %.0f/s, ratio %.2f%n",
                        round <= 0 ? "warm-up" : "round " + round,
                        ours.drained(),
                        theirs.drained(),
                        ours.drained() / theirs.drained(),
                        ours.sent(),
                        theirs.sent(),
                        ours.sent() / theirs.sent());
            }
        }
        System.exit(0);
    }

    /** Messages a second. */
    private record Figures(double sent, double drained) {}

    private static Figures round(String queue, Drains.Way way) throws Exception {
        var sent = perSecond(() -> fill(queue, way));
        var all = way.handled() + MESSAGES;
        var drained =
                perSecond(() -> {
                    way.start();
                    while (way.handled() < all) {
                        Thread.sleep(1);
                    }
                });
        way.stop();
        // A poll that was given up takes what is sent until its wait time is over.
        Thread.sleep(1500);
        if (way.handled() != all) {
            throw new IllegalStateException("messages came twice to " + queue);
        }
        return new Figures(sent, drained);
    }

    private static void fill(String queue, Drains.Way way)
            throws InterruptedException, ExecutionException {
        var text = "x".repeat(200);
        var ten = IntStream.range(0, 10).mapToObj(number -> text + number).toList();
        try (var senders = Executors.newFixedThreadPool(SENDERS)) {
            var running = new ArrayList<Future<?>>();
            for (var sender = 0; sender < SENDERS; sender++) {
                running.add(
                        senders.submit(() -> {
                            for (var batch = 0; batch < MESSAGES / 10 / SENDERS; batch++) {
                                way.send(queue, ten);
                            }
                        }));
            }
            for (var each : List.copyOf(running)) {
                each.get();
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double perSecond(Work work) throws Exception {
        var start = System.nanoTime();
        work.run();
        return MESSAGES / ((System.nanoTime() - start) / 1e9);
    }

    private static ConfigurableApplicationContext start(
            Class<?> source, ElasticMq queues, String... properties) {
        var all = new ArrayList<>(List.of(properties));
        all.addAll(
                List.of(
                        "spring.cloud.aws.endpoint=" + queues.address(),
                        "spring.cloud.stream.aws.binder.provisioning=create",
                        "spring.cloud.aws.sqs.observation-enabled=" + OBSERVED,
                        "spring.autoconfigure.exclude=" + (OBSERVED ? "" : OBSERVATIONS),
                        "spring.cloud.aws.region.static=us-east-1",
                        "spring.cloud.aws.credentials.access-key=test",
                        "spring.cloud.aws.credentials.secret-key=test",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn"));
        return new SpringApplicationBuilder(source)
                .web(WebApplicationType.NONE)
                .run(all.stream().map("--"::concat).toArray(String[]::new));
    }
}
