package io.millrace.imageprocessor.rendering;

import java.util.concurrent.Semaphore;

/**
 * The memory that images take while they are decoded: who needs some waits for others to give
 * theirs back, so that as many images as there are consumers never take more than there is.
 */
final class DecodingMemory {

    private final long bytes;

    /** Fair: a large image is not passed by small ones for ever. */
    private final Semaphore megabytes;

    DecodingMemory(long bytes) {
        this.bytes = Math.max(bytes, 1 << 20);
        this.megabytes = new Semaphore(megabytes(this.bytes), true);
    }

    long bytes() {
        return bytes;
    }

    /** Whether so much can ever be had. */
    boolean holds(long wanted) {
        return wanted <= bytes;
    }

    /** Waits until so much is there; closing gives it back. */
    Share take(long wanted) {
        var share = Math.min(megabytes(wanted), megabytes(bytes));
        megabytes.acquireUninterruptibly(share);
        return () -> megabytes.release(share);
    }

    /** What an image has, until it is closed. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }

    private static int megabytes(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + (1 << 20) - 1) >> 20);
    }
}
