package io.millrace.events;

import java.time.Instant;
import java.util.Optional;

/**
 * Everything that is known of an event that failed, and what it takes to replay it.
 *
 * @param origin where it failed: a queue, a stream or a state machine
 * @param error the error's name
 * @param cause what happened, for people
 * @param payload the failed message, or where it lies
 * @param originalId the id of the event that failed, if it had one
 * @param executionArn the execution that failed with it
 * @param failedState the state that failed
 * @param attempts how often it was tried
 * @param failedAt when it was given up
 */
public record FailureRecord(
        String origin,
        String error,
        String cause,
        Payload payload,
        Optional<String> originalId,
        Optional<String> executionArn,
        Optional<String> failedState,
        int attempts,
        Instant failedAt)
        implements EventData {

    /**
     * The failed message, verbatim: SQS carries text, so it is text. Exactly one of the two is
     * there.
     *
     * @param text the message itself
     * @param location an {@code s3://} address if it is too long to be carried
     */
    public record Payload(Optional<String> text, Optional<String> location) {

        public Payload {
            if (text.isPresent() == location.isPresent()) {
                throw new IllegalArgumentException("a payload is either text or a location");
            }
        }

        public static Payload text(String text) {
            return new Payload(Optional.of(text), Optional.empty());
        }

        public static Payload at(String location) {
            return new Payload(Optional.empty(), Optional.of(location));
        }
    }
}
