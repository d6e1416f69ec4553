package io.millrace.events;

/**
 * All lines of a batch are stored or failed.
 *
 * @param job the batch
 * @param total how many lines it had
 * @param failed how many of them lie in the dead letters
 */
public record BatchCompleted(String job, long total, long failed) implements EventData {}
