package io.millrace.errorhandler.failure;

import java.util.Optional;

/**
 * A message from the failures queue.
 *
 * @param messageId the id that SQS gave it
 * @param body the message as it failed
 * @param originalQueue the name of the queue that it failed on
 * @param exceptionType the class of the handler's exception
 * @param exceptionMessage what the exception said
 * @param attempts how often it was received there
 */
public record FailedMessage(
        String messageId,
        String body,
        Optional<String> originalQueue,
        Optional<String> exceptionType,
        Optional<String> exceptionMessage,
        Optional<Integer> attempts) {

    /** A message of which nothing is known but its body, as a crash leaves it. */
    public static FailedMessage bare(String messageId, String body) {
        return new FailedMessage(
                messageId,
                body,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
