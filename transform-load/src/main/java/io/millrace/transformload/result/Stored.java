package io.millrace.transformload.result;

/**
 * A result as it lies in the table.
 *
 * @param result the result
 * @param archived where its object lies, or will
 */
public record Stored(Result result, Location archived) {

    /** Whether the object is this result's alone. */
    boolean isAlone() {
        return archived.key().equals(result.archiveKey());
    }
}
