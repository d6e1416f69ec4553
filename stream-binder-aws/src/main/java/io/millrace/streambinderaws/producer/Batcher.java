package io.millrace.streambinderaws.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 */
final class Batcher<E> implements AutoCloseable {

    /** SQS and SNS, "Actions for message batches": entries, and bytes of all of them together. */
    static final int MAX_ENTRIES = 10;

    static final int MAX_BYTES = 256 * 1024;

    /** An entry and what its sender waits for. */
    record Pending<E>(E entry, int bytes, CompletableFuture<Void> accepted) {}

    private final BlockingQueue<Pending<E>> waiting = new LinkedBlockingQueue<>(10_000);
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
        waiting.put(pending);
        return pending.accepted();
    }

    private void run() {
        @Nullable Pending<E> carried = null;
        try {
            while (true) {
                var first = carried == null ? waiting.take() : carried;
                var batch = new ArrayList<Pending<E>>(MAX_ENTRIES);
                batch.add(first);
                carried = fill(batch);
                inFlight.acquire();
                Thread.ofVirtual().start(() -> sendAndRelease(batch));
            }
        } catch (InterruptedException _) {
            // Closed: whoever still waits learns it by the time-out of its send.
            Thread.currentThread().interrupt();
        }
    }

    /** Adds what comes in time and fits; returns what came and did not fit. */
    private @Nullable Pending<E> fill(List<Pending<E>> batch) throws InterruptedException {
        var bytes = batch.getFirst().bytes();
        var deadline = System.nanoTime() + linger.toNanos();
        while (batch.size() < MAX_ENTRIES) {
            var next = waiting.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return null;
            }
            bytes += next.bytes();
            if (bytes > MAX_BYTES) {
                return next;
            }
            batch.add(next);
        }
        return null;
    }

    private void sendAndRelease(List<Pending<E>> batch) {
        try {
            send.accept(batch);
        } catch (RuntimeException e) {
            batch.forEach(pending -> pending.accepted().completeExceptionally(e));
        } finally {
            inFlight.release();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
