package io.millrace.orchestrator.journal;

import io.millrace.orchestrator.journal.Journal.Position;
import java.time.Instant;

/** Positions as texts that sort as they do. */
final class Positions {

    static final Position NONE = new Position(Instant.EPOCH, "");

    private Positions() {}

    static String text(Position position) {
        return "%015d#%s".formatted(position.startedAt().toEpochMilli(), position.name());
    }

    static Position parse(String text) {
        var mark = text.indexOf('#');
        return new Position(
                Instant.ofEpochMilli(Long.parseLong(text.substring(0, mark))),
                text.substring(mark + 1));
    }
}
