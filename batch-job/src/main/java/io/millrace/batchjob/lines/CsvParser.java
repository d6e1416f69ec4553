package io.millrace.batchjob.lines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Values by the names in the header (RFC 4180). Each record is parsed by itself, so that a quote
 * that is never closed costs one line and not the rest of the object.
 */
final class CsvParser implements Parser {

    private static final char QUOTE = '"';

    /** What JSON puts around a name and its value. */
    private static final int PUNCTUATION = 6;

    private final CSVFormat format;
    private final List<String> names;

    private CsvParser(CSVFormat format, List<String> names) {
        this.format = format;
        this.names = names;
    }

    /**
     * A parser for the lines below a header.
     *
     * @throws UnreadableObject if names are blank or there twice
     */
    static CsvParser of(char delimiter, String header) {
        var format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
        var names = names(format, header);
        if (names.stream().anyMatch(String::isBlank)) {
            throw UnreadableObject.header(header, "has a column without a name");
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw UnreadableObject.header(header, "names a column twice");
        }
        return new CsvParser(format, names);
    }

    private static List<String> names(CSVFormat format, String header) {
        try {
            return record(format, header).stream().map(String::strip).toList();
        } catch (IOException | UncheckedIOException e) {
            throw UnreadableObject.header(header, "is no CSV: " + e.getMessage());
        }
    }

    /** Quotes come in pairs, an escaped one is two: an odd number leaves a field open. */
    @Override
    public boolean isOpen(String text) {
        return text.chars().filter(each -> each == QUOTE).count() % 2 == 1;
    }

    @Override
    public Parsed parse(String text) {
        try {
            var values = record(format, text);
            if (values.size() != names.size()) {
                return new Parsed.Malformed(
                        "has %d columns where the header has %d"
                                .formatted(values.size(), names.size()));
            }
            var item = JsonNodeFactory.instance.objectNode();
            for (var column = 0; column < names.size(); column++) {
                item.put(names.get(column), values.get(column));
            }
            return new Parsed.Item(item);
        } catch (IOException | UncheckedIOException e) {
            return new Parsed.Malformed("is no CSV: " + e.getMessage());
        }
    }

    @Override
    public int overhead() {
        return names.stream().mapToInt(name -> name.length() + PUNCTUATION).sum();
    }

    private static CSVRecord record(CSVFormat format, String text) throws IOException {
        try (var parser = org.apache.commons.csv.CSVParser.parse(text, format)) {
            var records = parser.getRecords();
            if (records.size() != 1) {
                throw new IOException("%d records in one line".formatted(records.size()));
            }
            return records.getFirst();
        }
    }
}
