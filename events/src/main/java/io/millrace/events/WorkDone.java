package io.millrace.events;

/**
 * One line of a batch is stored.
 *
 * @param job the batch
 * @param line the line's number in the object, from 1
 */
public record WorkDone(String job, long line) implements EventData {}
