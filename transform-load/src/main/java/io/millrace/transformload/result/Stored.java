package io.millrace.transformload.result;

/**
 * A result as it lies in the table.
 *
 * @param result the result
 * @param archived where its object lies, or will
 */
public record Stored(Result result, Location archived) {}
