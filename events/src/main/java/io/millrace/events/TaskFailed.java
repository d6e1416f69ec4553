package io.millrace.events;

/**
 * The task cannot be done, now or ever.
 *
 * @param taskToken the token of the request
 * @param error the error's name, which Retry and Catch of the state machine compare
 * @param cause what happened, for people
 */
public record TaskFailed(String taskToken, String error, String cause) implements TaskResult {}
