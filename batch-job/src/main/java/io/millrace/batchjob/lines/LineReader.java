package io.millrace.batchjob.lines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Cuts bytes into physical lines and knows where each ends, so that reading can go on from there. A
 * line that is too long is skipped without being held.
 */
final class LineReader {

    private static final int BUFFER = 64 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final int maxLength;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private long offset;
    private long number;

    /**
     * @param in the object from that offset on
     * @param offset where a line begins
     * @param number that line's number, from 1
     * @param maxLength how many bytes a line may have
     */
    LineReader(InputStream in, long offset, long number, int maxLength) {
        this.in = in;
        this.offset = offset;
        this.number = number;
        this.maxLength = maxLength;
    }

    /** The next line, or nothing at the end. */
    Optional<RawLine> next() throws IOException {
        var bytes = new ByteArrayOutputStream(256);
        var first = offset == 0;
        var any = false;
        var cut = false;
        while (fill()) {
            any = true;
            var end = indexOfLineFeed();
            var length = (end < 0 ? to : end) - from;
            var room = maxLength - bytes.size();
            bytes.write(buffer, from, Math.min(length, room));
            cut |= length > room;
            from += length;
            offset += length;
            if (end >= 0) {
                from++;
                offset++;
                break;
            }
        }
        if (!any) {
            return Optional.empty();
        }
        var line = new RawLine(number, text(bytes, first), offset, number + 1, cut);
        number++;
        return Optional.of(line);
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(buffer, 0, BUFFER));
        }
        return to > from;
    }

    private int indexOfLineFeed() {
        for (var index = from; index < to; index++) {
            if (buffer[index] == '\n') {
                return index;
            }
        }
        return -1;
    }

    private static String text(ByteArrayOutputStream bytes, boolean first) {
        var text = bytes.toString(StandardCharsets.UTF_8);
        var start = first && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        var end = text.endsWith("\r") ? text.length() - 1 : text.length();
        return text.substring(start, Math.max(start, end));
    }
}
