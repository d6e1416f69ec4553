package io.millrace.streambinderaws.monitoring;

import io.millrace.streambinderaws.provisioning.QueueDepth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows how many messages queues hold. It asks only when it is asked itself and what it knows is
 * old, then for all queues at once: whoever reads metrics of many queues waits once, and who reads
 * none causes no request.
 */
public final class QueueDepths {

    private static final Logger log = LoggerFactory.getLogger(QueueDepths.class);

    private static final Duration FRESH = Duration.ofSeconds(15);

    /** A scrape must not fail because SQS is slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Function<String, CompletableFuture<QueueDepth>> ask;
    private final InstantSource clock;
    private final Map<String, Optional<QueueDepth>> known = new ConcurrentHashMap<>();
    private long askedAt = Long.MIN_VALUE;

    /**
     * @param ask what a queue holds, by its name
     */
    public QueueDepths(Function<String, CompletableFuture<QueueDepth>> ask, InstantSource clock) {
        this.ask = ask;
        this.clock = clock;
    }

    /** From now on the queue is asked with the others. */
    synchronized void watch(String queue) {
        if (known.putIfAbsent(queue, Optional.empty()) == null) {
            askedAt = Long.MIN_VALUE;
        }
    }

    /** What the queue held at most 15 seconds ago; empty if SQS did not say. */
    Optional<QueueDepth> of(String queue) {
        refresh();
        return known.getOrDefault(queue, Optional.empty());
    }

    private synchronized void refresh() {
        var now = clock.millis();
        if (askedAt != Long.MIN_VALUE && now - askedAt < FRESH.toMillis()) {
            return;
        }
        askedAt = now;
        var answers = new ArrayList<CompletableFuture<?>>();
        for (var queue : List.copyOf(known.keySet())) {
            known.put(queue, Optional.empty());
            answers.add(ask.apply(queue).handle((depth, failure) -> note(queue, depth, failure)));
        }
        await(CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)));
    }

    private @Nullable Void note(
            String queue, @Nullable QueueDepth depth, @Nullable Throwable failure) {
        if (failure != null) {
            log.debug("the depth of {} is not known", queue, failure);
        }
        known.put(queue, Optional.ofNullable(depth));
        return null;
    }

    private static void await(CompletableFuture<?> answers) {
        try {
            answers.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.debug("SQS has not told within {} what queues hold", PATIENCE);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
