package io.millrace.batchjob.lines;

import io.millrace.batchjob.lines.Parser.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The records of an object from a place on, one after the other. */
public final class Lines {

    /** How much of an object is in a page at most, whatever its lines are like. */
    private static final long MAX_PAGE = 8L * 1024 * 1024;

    /** How many lines a quoted field may span until it counts as never closed. */
    private static final int MAX_SPAN = 100;

    private final LineReader reader;
    private final Parser parser;
    private final int maxLength;
    private final Deque<RawLine> pushedBack = new ArrayDeque<>();
    private long records;
    private long offset;

    private Lines(LineReader reader, Parser parser, int maxLength, Place place) {
        this.reader = reader;
        this.parser = parser;
        this.maxLength = maxLength;
        this.records = place.records();
        this.offset = place.offset();
    }

    /** Opens an object at an offset. */
    @FunctionalInterface
    public interface Bytes {
        InputStream from(long offset) throws IOException;
    }

    /**
     * The records after a place.
     *
     * @param maxLength how many bytes a record may have
     * @throws UnreadableObject if its header is none
     */
    public static Lines open(Format format, Bytes bytes, Place place, int maxLength)
            throws IOException {
        return switch (format) {
            case JSON_LINES ->
                    new Lines(reader(bytes, place, maxLength), new JsonParser(), maxLength, place);
            case CSV -> withHeader(',', bytes, place, maxLength);
            case TSV -> withHeader('\t', bytes, place, maxLength);
        };
    }

    private static Lines withHeader(char delimiter, Bytes bytes, Place place, int maxLength)
            throws IOException {
        var first = reader(bytes, Place.START, maxLength);
        var header = first.next();
        var parser = CsvParser.of(delimiter, header.map(RawLine::text).orElse(""));
        var reader = place.equals(Place.START) ? first : reader(bytes, place, maxLength);
        return new Lines(reader, parser, maxLength, place);
    }

    private static LineReader reader(Bytes bytes, Place place, int maxLength) throws IOException {
        return new LineReader(
                bytes.from(place.offset()), place.offset(), place.physical(), maxLength);
    }

    /** The next records, at most so many and at most a page; none at the end. */
    public List<Line> next(int count) throws IOException {
        var lines = new ArrayList<Line>();
        var start = offset;
        while (lines.size() < count && offset - start < MAX_PAGE) {
            var line = next();
            if (line.isEmpty()) {
                break;
            }
            lines.add(line.get());
            offset = line.get().next().offset();
        }
        return lines;
    }

    private Optional<Line> next() throws IOException {
        var raw = physical();
        while (raw.isPresent() && raw.get().text().isBlank()) {
            raw = physical();
        }
        return raw.isPresent() ? Optional.of(line(raw.get())) : Optional.empty();
    }

    private Line line(RawLine first) throws IOException {
        var whole = closed(first);
        var number = ++records;
        var next = new Place(whole.next(), whole.nextNumber(), number);
        if (whole.cut()) {
            var reason = "is longer than %d bytes; this is its beginning".formatted(maxLength);
            return new Line.Malformed(number, next, whole.number(), whole.text(), reason);
        }
        return switch (parser.parse(whole.text())) {
            case Parsed.Item(var item) ->
                    Carriage.problem(item, maxLength, parser.overhead() + whole.text().length())
                            .<Line>map(reason ->
                                    new Line.Malformed(
                                            number, next, whole.number(), whole.text(), reason))
                            .orElseGet(() -> new Line.Item(number, next, item));
            case Parsed.Malformed(var reason) ->
                    new Line.Malformed(number, next, whole.number(), whole.text(), reason);
        };
    }

    /** The line with those that a quoted field of it spans, or alone if no quote closes it. */
    private RawLine closed(RawLine first) throws IOException {
        var taken = new ArrayList<RawLine>();
        var text = new StringBuilder(first.text());
        var open = !first.cut() && parser.isOpen(first.text());
        while (open && taken.size() < MAX_SPAN && text.length() <= maxLength) {
            var more = physical();
            if (more.isEmpty()) {
                break;
            }
            taken.add(more.get());
            text.append('\n').append(more.get().text());
            open = !parser.isOpen(more.get().text());
        }
        if (taken.isEmpty() || open || text.length() > maxLength) {
            taken.reversed().forEach(pushedBack::addFirst);
            return first;
        }
        var last = taken.getLast();
        return new RawLine(
                first.number(), text.toString(), last.next(), last.nextNumber(), last.cut());
    }

    private Optional<RawLine> physical() throws IOException {
        return pushedBack.isEmpty() ? reader.next() : Optional.of(pushedBack.removeFirst());
    }
}
