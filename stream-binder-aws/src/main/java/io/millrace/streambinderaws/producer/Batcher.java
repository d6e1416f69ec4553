package io.millrace.streambinderaws.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts entries that come at the same time into one request. An entry waits for others at most the
 * linger, and not at all once a request is full.
 *
 * <p>Without a linger an entry goes at once if no request that was not full is under way; those
 * that come meanwhile are the next one, when it has ended or when there are enough of them. So who
 * sends alone never waits, and the more send the more share a request.
 */
final class Batcher<E> implements AutoCloseable {

    /** SQS and SNS, "Actions for message batches": entries, and bytes of all of them together. */
    static final int MAX_ENTRIES = 10;

    static final int MAX_BYTES = 256 * 1024;

    /** An entry and what its sender waits for. */
    record Pending<E>(E entry, int bytes, CompletableFuture<Void> accepted) {}

    /** What waits; empty to say that a request has ended. */
    private final BlockingQueue<Optional<Pending<E>>> waiting = new LinkedBlockingQueue<>(10_000);

    /** Held by the one request under way that had room for more. */
    private final Semaphore leading = new Semaphore(1);

    private final Semaphore inFlight;
    private final ToIntFunction<E> size;
    private final Duration linger;
    private final Consumer<List<Pending<E>>> send;
    private final Thread thread;

    /**
     * @param requests how many requests may be under way; with one, entries stay in order
     * @param send sends one request and completes what its entries' senders wait for
     */
    Batcher(
            String name,
            int requests,
            Duration linger,
            ToIntFunction<E> size,
            Consumer<List<Pending<E>>> send) {
        this.inFlight = new Semaphore(requests);
        this.linger = linger;
        this.size = size;
        this.send = send;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    CompletableFuture<Void> submit(E entry) throws InterruptedException {
        var pending = new Pending<>(entry, size.applyAsInt(entry), new CompletableFuture<Void>());
        waiting.put(Optional.of(pending));
        return pending.accepted();
    }

    private void run() {
        @Nullable Pending<E> carried = null;
        try {
            while (true) {
                var first = carried == null ? next() : carried;
                var batch = new ArrayList<Pending<E>>(MAX_ENTRIES);
                batch.add(first);
                var filled = linger.isZero() ? lead(batch) : fill(batch);
                carried = filled.carried();
                inFlight.acquire();
                Thread.ofVirtual().start(() -> sendAndRelease(batch, filled.leads()));
            }
        } catch (InterruptedException _) {
            // Closed: whoever still waits learns it by the time-out of its send.
            Thread.currentThread().interrupt();
        }
    }

    private Pending<E> next() throws InterruptedException {
        var next = waiting.take();
        while (next.isEmpty()) {
            next = waiting.take();
        }
        return next.get();
    }

    /**
     * How a request was filled.
     *
     * @param carried what came and did not fit
     * @param leads whether others wait for its end
     */
    private record Filled<E>(@Nullable Pending<E> carried, boolean leads) {}

    /** Adds what is there until nothing else fits, or until it may go before. */
    private Filled<E> lead(List<Pending<E>> batch) throws InterruptedException {
        var bytes = batch.getFirst().bytes();
        while (batch.size() < MAX_ENTRIES) {
            var there = waiting.poll();
            if (there == null && leading.tryAcquire()) {
                return new Filled<>(null, true);
            }
            var next = (there == null ? waiting.take() : there).orElse(null);
            if (next != null) {
                bytes += next.bytes();
                if (bytes > MAX_BYTES) {
                    return new Filled<>(next, false);
                }
                batch.add(next);
            }
        }
        return new Filled<>(null, false);
    }

    /** Adds what comes in time and fits. */
    private Filled<E> fill(List<Pending<E>> batch) throws InterruptedException {
        var bytes = batch.getFirst().bytes();
        var deadline = System.nanoTime() + linger.toNanos();
        while (batch.size() < MAX_ENTRIES) {
            var next = waiting.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null || next.isEmpty()) {
                return new Filled<>(null, false);
            }
            bytes += next.get().bytes();
            if (bytes > MAX_BYTES) {
                return new Filled<>(next.get(), false);
            }
            batch.add(next.get());
        }
        return new Filled<>(null, false);
    }

    private void sendAndRelease(List<Pending<E>> batch, boolean leads) {
        try {
            send.accept(batch);
        } catch (RuntimeException e) {
            batch.forEach(pending -> pending.accepted().completeExceptionally(e));
        } finally {
            inFlight.release();
            if (leads) {
                leading.release();
                // If there is no room for it, there is enough to go on with.
                var _ = waiting.offer(Optional.empty());
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
