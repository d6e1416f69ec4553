package io.millrace.events;

import java.time.Instant;
import java.util.Optional;

/**
 * Events have failed alike: at one place, with one error. Told of a group's first failure, and
 * again if it still fails after a while.
 *
 * @param group the group's id
 * @param origin where they failed: a queue, a stream or a state machine
 * @param failedState the state that failed
 * @param error the error's name
 * @param since how many have failed since the alarm before this one, or since ever
 * @param count how many have failed in all
 * @param firstSeen when the first of all failed
 * @param lastSeen when the last failed
 * @param sample the id of the latest record, to look at
 */
public record FailureAlarm(
        String group,
        String origin,
        Optional<String> failedState,
        String error,
        long since,
        long count,
        Instant firstSeen,
        Instant lastSeen,
        String sample)
        implements EventData {}
