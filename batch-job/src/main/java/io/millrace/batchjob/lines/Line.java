package io.millrace.batchjob.lines;

import tools.jackson.databind.JsonNode;

/** A record of an object: what a job counts. */
public sealed interface Line {

    /** Its place among the records of the object, from 1; headers and empty lines do not count. */
    long number();

    /** Where reading goes on after it. */
    Place next();

    /**
     * Work to do.
     *
     * @param item what the line says
     */
    record Item(long number, Place next, JsonNode item) implements Line {}

    /**
     * A line that is no item.
     *
     * @param physical its number in the object, as an editor shows it
     * @param text the line as it is
     * @param reason what is wrong with it
     */
    record Malformed(long number, Place next, long physical, String text, String reason)
            implements Line {}
}
