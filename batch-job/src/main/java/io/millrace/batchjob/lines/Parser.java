package io.millrace.batchjob.lines;

import tools.jackson.databind.JsonNode;

/** Makes an item of a line's text, or says why not. */
sealed interface Parser permits CsvParser, JsonParser {

    /** Whether the text stops within a quoted field, so that the next line belongs to it. */
    boolean isOpen(String text);

    Parsed parse(String text);

    /** How many characters an item has that are not in its line, such as the names of columns. */
    int overhead();

    /** What came of it. */
    sealed interface Parsed {

        record Item(JsonNode item) implements Parsed {}

        record Malformed(String reason) implements Parsed {}
    }
}
