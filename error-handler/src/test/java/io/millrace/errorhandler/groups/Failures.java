package io.millrace.errorhandler.groups;

import io.millrace.events.Event;
import io.millrace.events.FailureRecord;
import io.millrace.events.FailureRecord.Payload;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Records of failures. */
final class Failures {

    static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private Failures() {}

    static Event<FailureRecord> failure(String id, String origin, String error) {
        return failure(id, origin, error, Optional.empty(), NOON);
    }

    static Event<FailureRecord> failure(
            String id, String origin, String error, Optional<String> state, Instant at) {
        var record =
                new FailureRecord(
                        origin,
                        error,
                        "because",
                        Payload.text("{}"),
                        Optional.empty(),
                        Optional.empty(),
                        state,
                        5,
                        at);
        return Event.of("failure/" + id, URI.create("/tests"), at, record);
    }
}
