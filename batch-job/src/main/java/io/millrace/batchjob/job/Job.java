package io.millrace.batchjob.job;

import io.millrace.batchjob.lines.Format;
import io.millrace.batchjob.lines.Place;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The work on one object.
 *
 * @param id its id, part of the ids of all its lines
 * @param source the object
 * @param status where it is in its life
 * @param createdAt when it was asked for
 * @param endedAt when it was complete, or failed
 * @param reading how far the object is read
 * @param hold who reads it
 * @param error why it failed
 */
public record Job(
        String id,
        Source source,
        JobStatus status,
        Instant createdAt,
        Optional<Instant> endedAt,
        Reading reading,
        Hold hold,
        Optional<String> error) {

    /** Lines are counted in segments of so many. */
    public static final int SEGMENT = 1000;

    /**
     * An object, as it was when the job started.
     *
     * @param etag tells whether it still is the same
     * @param size its bytes
     * @param format how its lines are written
     */
    public record Source(String bucket, String key, String etag, long size, Format format) {

        public String address() {
            return "s3://%s/%s".formatted(bucket, key);
        }
    }

    /**
     * How far an object is read; everything before is sent.
     *
     * @param place where it goes on
     * @param failed how many records were malformed
     * @param finished whether the end is reached
     */
    public record Reading(Place place, long failed, boolean finished) {

        static final Reading NOTHING = new Reading(Place.START, 0, false);

        /** How many work items were sent. */
        public long sent() {
            return place.records() - failed;
        }

        Reading past(Place next, long moreFailed) {
            return new Reading(next, failed + moreFailed, false);
        }

        Reading end() {
            return new Reading(place, failed, true);
        }
    }

    /**
     * Who reads.
     *
     * @param owner a replica, if one does
     * @param generation grows when the owner changes; what an earlier one writes does not count
     * @param until when the owner counts as dead if it has given no sign
     */
    public record Hold(Optional<String> owner, long generation, Instant until) {

        boolean isOver(Instant now) {
            return !now.isBefore(until);
        }
    }

    /** A new job, which its owner reads from now; nobody does yet if there is none. */
    static Job started(
            String id, Source source, Instant now, Optional<String> owner, Instant until) {
        return new Job(
                id,
                source,
                JobStatus.RUNNING,
                now,
                Optional.empty(),
                Reading.NOTHING,
                new Hold(owner, 1, owner.isPresent() ? until : now),
                Optional.empty());
    }

    /** How many lines it has, once that is known. */
    public OptionalLong total() {
        return reading.finished()
                ? OptionalLong.of(reading.place().records())
                : OptionalLong.empty();
    }

    /** The segment that a line is counted in. */
    static long segmentOf(long line) {
        return (line - 1) / SEGMENT;
    }
}
