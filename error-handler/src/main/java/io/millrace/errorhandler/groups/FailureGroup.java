package io.millrace.errorhandler.groups;

import io.millrace.events.Event;
import io.millrace.events.FailureRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Events that failed alike.
 *
 * @param alike what they have in common
 * @param firstSeen when the first of them failed
 * @param lastSeen when the last did
 * @param count how many there are
 * @param sample the id of the latest one's record
 * @param alarm the latest alarm
 * @param told when the latest alarm was raised that is known to have been published
 */
public record FailureGroup(
        Alike alike,
        Instant firstSeen,
        Instant lastSeen,
        long count,
        String sample,
        Alarm alarm,
        Optional<Instant> told) {

    /**
     * An alarm for a group.
     *
     * @param at when it was raised
     * @param count how many had failed by then
     * @param since how many of them after the alarm before
     */
    public record Alarm(Instant at, long count, long since) {}

    /** A group whose first failure this is: reason for an alarm. */
    static FailureGroup begin(Event<FailureRecord> record, Instant now) {
        var failedAt = record.data().failedAt();
        return new FailureGroup(
                Alike.of(record.data()),
                failedAt,
                failedAt,
                1,
                record.id(),
                new Alarm(now, 1, 1),
                Optional.empty());
    }

    /**
     * The group with one more failure.
     *
     * @param quiet for how long after an alarm there is no other
     */
    FailureGroup with(Event<FailureRecord> record, Instant now, Duration quiet) {
        var failedAt = record.data().failedAt();
        var more = count + 1;
        return new FailureGroup(
                alike,
                failedAt.isBefore(firstSeen) ? failedAt : firstSeen,
                failedAt.isAfter(lastSeen) ? failedAt : lastSeen,
                more,
                record.id(),
                now.isBefore(alarm.at().plus(quiet))
                        ? alarm
                        : new Alarm(now, more, more - alarm.count()),
                told);
    }

    /** Whether nobody may have heard of the latest alarm. */
    boolean isUntold() {
        return !told.equals(Optional.of(alarm.at()));
    }
}
