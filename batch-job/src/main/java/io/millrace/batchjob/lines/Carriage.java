package io.millrace.batchjob.lines;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether a message can carry an item. What none can carry would hold up all lines after it. */
final class Carriage {

    /** A character of a line takes at most so many bytes in JSON, as an escape sequence. */
    private static final int LONGEST_ESCAPE = 6;

    private Carriage() {}

    /**
     * Why an item cannot be carried, if it cannot.
     *
     * @param maxBytes how long it may be
     * @param characters at most so many it says
     */
    static Optional<String> problem(JsonNode item, int maxBytes, int characters) {
        var mayBeTooLong = (long) characters * LONGEST_ESCAPE > maxBytes;
        if (!mayBeTooLong && !mayHoldHalfACharacter(item)) {
            return Optional.empty();
        }
        var json = item.toString();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
            return Optional.of("holds half a character: a surrogate without its other half");
        }
        var bytes = json.getBytes(StandardCharsets.UTF_8).length;
        return bytes > maxBytes
                ? Optional.of(
                        "makes an item of %d bytes, %d are permitted".formatted(bytes, maxBytes))
                : Optional.empty();
    }

    private static boolean mayHoldHalfACharacter(JsonNode item) {
        return switch (item) {
            case JsonNode text when text.isString() -> hasSurrogate(text.asString());
            case JsonNode container ->
                    container.properties().stream()
                                    .anyMatch(each ->
                                            hasSurrogate(each.getKey())
                                                    || mayHoldHalfACharacter(each.getValue()))
                            || container
                                    .valueStream()
                                    .filter(_ -> container.isArray())
                                    .anyMatch(Carriage::mayHoldHalfACharacter);
        };
    }

    private static boolean hasSurrogate(String text) {
        return text.chars().anyMatch(each -> Character.isSurrogate((char) each));
    }
}
