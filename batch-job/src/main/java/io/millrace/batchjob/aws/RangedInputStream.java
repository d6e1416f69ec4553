package io.millrace.batchjob.aws;

import java.io.InputStream;
import java.util.Objects;

/** Bytes that are fetched a range at a time, when they are asked for. */
final class RangedInputStream extends InputStream {

    /** Fetches the bytes from an offset up to, and without, another. */
    @FunctionalInterface
    interface Ranges {
        byte[] fetch(long from, long to);
    }

    private final long size;
    private final int chunk;
    private final Ranges ranges;
    private long next;
    private byte[] held = new byte[0];
    private int position;

    RangedInputStream(long size, long offset, int chunk, Ranges ranges) {
        this.size = size;
        this.next = offset;
        this.chunk = chunk;
        this.ranges = ranges;
    }

    @Override
    public int read() {
        return fill() ? held[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        var count = Math.min(length, held.length - position);
        System.arraycopy(held, position, into, offset, count);
        position += count;
        return count;
    }

    private boolean fill() {
        if (position < held.length) {
            return true;
        }
        if (next >= size) {
            return false;
        }
        var to = Math.min(size, next + chunk);
        held = ranges.fetch(next, to);
        position = 0;
        next += held.length;
        return held.length > 0;
    }
}
