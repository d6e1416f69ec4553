package io.millrace.events;

/**
 * One line of a batch is stored.
 *
 * @param job the batch
 * @param line its number among the records of the object, from 1; a header does not count
 */
public record WorkDone(String job, long line) implements EventData {}
