package io.millrace.batchjob.lines;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How the lines of an object are written. */
public enum Format {
    /** Comma-separated values with a header (RFC 4180). */
    CSV,
    /** Tab-separated values with a header. */
    TSV,
    /** A JSON object a line. */
    JSON_LINES;

    /** The format that an object's name says, or else its content type. */
    public static Optional<Format> of(String key, String contentType) {
        return byExtension(key.toLowerCase(Locale.ROOT))
                .or(() -> byContentType(contentType.toLowerCase(Locale.ROOT)));
    }

    private static Optional<Format> byExtension(String key) {
        if (key.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        if (key.endsWith(".tsv")) {
            return Optional.of(TSV);
        }
        return Stream.of(".jsonl", ".ndjson").anyMatch(key::endsWith)
                ? Optional.of(JSON_LINES)
                : Optional.empty();
    }

    private static Optional<Format> byContentType(String contentType) {
        var type = contentType.split(";", -1)[0].strip();
        return switch (type) {
            case "text/csv", "application/csv" -> Optional.of(CSV);
            case "text/tab-separated-values" -> Optional.of(TSV);
            case "application/jsonl",
                    "application/jsonlines",
                    "application/x-jsonlines",
                    "application/x-ndjson",
                    "application/ndjson" ->
                    Optional.of(JSON_LINES);
            default -> Optional.empty();
        };
    }
}
