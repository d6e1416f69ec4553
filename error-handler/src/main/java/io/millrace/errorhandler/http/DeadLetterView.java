package io.millrace.errorhandler.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.errorhandler.deadletters.DeadLetter;
import io.millrace.errorhandler.groups.Alike;
import io.millrace.events.FailureRecord;
import io.millrace.events.TraceParent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A dead letter as clients see it; {@code body} is there for what is no failure record. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterView(
        String id,
        String group,
        @Nullable String groupId,
        @Nullable String origin,
        @Nullable String error,
        @Nullable String cause,
        @Nullable String failedState,
        @Nullable String executionArn,
        @Nullable String originalId,
        @Nullable Integer attempts,
        @Nullable Instant failedAt,
        @Nullable String traceparent,
        @Nullable String payload,
        @Nullable String payloadLocation,
        @Nullable String body) {

    public static DeadLetterView of(DeadLetter letter) {
        return letter.record()
                .map(event ->
                        of(
                                letter,
                                event.data(),
                                event.trace().map(TraceParent::value).orElse(null)))
                .orElseGet(() ->
                        new DeadLetterView(
                                letter.id(),
                                letter.group(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                letter.body()));
    }

    private static DeadLetterView of(
            DeadLetter letter, FailureRecord failure, @Nullable String trace) {
        return new DeadLetterView(
                letter.id(),
                letter.group(),
                letter.alike().map(Alike::id).orElse(null),
                failure.origin(),
                failure.error(),
                failure.cause(),
                failure.failedState().orElse(null),
                failure.executionArn().orElse(null),
                failure.originalId().orElse(null),
                failure.attempts(),
                failure.failedAt(),
                trace,
                failure.payload().text().orElse(null),
                failure.payload().location().orElse(null),
                null);
    }
}
