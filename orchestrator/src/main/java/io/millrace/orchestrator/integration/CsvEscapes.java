package io.millrace.orchestrator.integration;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Takes backslashes out of text in columns, as Step Functions reads them (developer guide,
 * "ItemReader (Map)"): one before a backslash, a quotation mark or the delimiter makes that an
 * ordinary character, any other is dropped. What must not be taken for markup goes through the CSV
 * parser as a character that stands for nothing, and {@link #plain} puts it back.
 */
final class CsvEscapes extends FilterReader {

    private static final char QUOTE = '\uE000';
    private static final char DELIMITER = '\uE001';

    private final char delimiter;

    CsvEscapes(Reader text, char delimiter) {
        super(text);
        this.delimiter = delimiter;
    }

    /** A field as it is meant. */
    static String plain(String field, char delimiter) {
        return field.replace(QUOTE, '"').replace(DELIMITER, delimiter);
    }

    @Override
    public int read() throws IOException {
        var next = in.read();
        return next == '\\' ? escaped(in.read()) : next;
    }

    private int escaped(int next) {
        if (next == '"') {
            return QUOTE;
        }
        return next == delimiter ? DELIMITER : next;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        var count = 0;
        while (count < length) {
            var next = read();
            if (next < 0) {
                return count == 0 ? -1 : count;
            }
            buffer[offset + count] = (char) next;
            count++;
        }
        return count;
    }

    @Override
    public boolean ready() {
        return false;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
