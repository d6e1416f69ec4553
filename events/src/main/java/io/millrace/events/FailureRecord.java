package io.millrace.events;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

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
     * The failed message, verbatim; exactly one of the three is there.
     *
     * @param text the message if it is text
     * @param base64 the message if it is not
     * @param location an {@code s3://} address if it is too long to be carried
     */
    public record Payload(
            Optional<String> text, Optional<String> base64, Optional<String> location) {

        public Payload {
            if (Stream.of(text, base64, location).filter(Optional::isPresent).count() != 1) {
                throw new IllegalArgumentException("a payload is one of text, base64 and location");
            }
        }

        public static Payload text(String text) {
            return new Payload(Optional.of(text), Optional.empty(), Optional.empty());
        }

        public static Payload base64(String base64) {
            return new Payload(Optional.empty(), Optional.of(base64), Optional.empty());
        }

        public static Payload at(String location) {
            return new Payload(Optional.empty(), Optional.empty(), Optional.of(location));
        }
    }
}
