package io.millrace.orchestrator.cost;

import java.time.Duration;

/**
 * What one execution takes.
 *
 * @param transitions states that are entered, also in the Standard children of distributed Maps
 * @param expressChildren children of distributed Maps that are Express on Step Functions
 * @param expressTime how long those take, one after the other
 * @param duration from the start to the end, as far as a definition tells
 * @param commits PutItem requests that replace a head
 * @param writes write request units of DynamoDB: items, and their entries in indexes
 * @param reads read request units of DynamoDB
 * @param messages requests to SQS
 */
public record Usage(
        double transitions,
        double expressChildren,
        Duration expressTime,
        Duration duration,
        double commits,
        double writes,
        double reads,
        double messages) {

    static final Usage NONE = new Usage(0, 0, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0);

    /** With that added a number of times. */
    Usage plus(Usage other, double times) {
        return new Usage(
                transitions + times * other.transitions,
                expressChildren + times * other.expressChildren,
                expressTime.plus(scaled(other.expressTime, times)),
                duration.plus(scaled(other.duration, times)),
                commits + times * other.commits,
                writes + times * other.writes,
                reads + times * other.reads,
                messages + times * other.messages);
    }

    private static Duration scaled(Duration duration, double times) {
        return Duration.ofMillis((long) (duration.toMillis() * times));
    }
}
