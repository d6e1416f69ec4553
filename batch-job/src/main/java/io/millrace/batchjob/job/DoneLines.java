package io.millrace.batchjob.job;

import java.util.Collection;

/**
 * Which lines of a job nothing is left to do for. A line that is told of twice counts once.
 *
 * <p>Lines are noted by segments. A segment is counted, once, when as many of its lines are there
 * as it has: a thousand, or what {@link #expect} said.
 */
public interface DoneLines {

    /**
     * Notes lines of one segment.
     *
     * @return whether the segment is complete with them
     */
    boolean add(String job, long segment, Collection<Long> lines);

    /**
     * Says how many lines the last segment has.
     *
     * @return whether it is complete
     */
    boolean expect(String job, long segment, long lines);

    /** How many lines the complete segments have. */
    long counted(String job);

    /** How many lines are noted, in complete and incomplete segments. */
    long noted(String job);
}
