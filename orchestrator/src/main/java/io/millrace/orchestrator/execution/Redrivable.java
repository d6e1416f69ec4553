package io.millrace.orchestrator.execution;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether an execution may be redriven, and if not, why (API reference, DescribeExecution).
 *
 * @param status AWS's {@code redriveStatus}
 * @param reason AWS's {@code redriveStatusReason}; empty if it may be
 */
public record Redrivable(String status, String reason) {

    private static final Duration PERIOD = Duration.ofDays(14);

    /** The most events that a history may have for more to come. */
    private static final long MOST_EVENTS = 24_999;

    /** What holds for an execution now. */
    public static Redrivable of(Head head, Instant now) {
        if (!head.status().ended() || head.status() == Status.SUCCEEDED) {
            return not("Execution is %s and cannot be redriven".formatted(head.status()));
        }
        if (head.childOf().isPresent()) {
            return new Redrivable(
                    "REDRIVABLE_BY_MAP_RUN",
                    "Execution is a child of a Map Run and is redriven with its parent execution");
        }
        if (head.redrives().frames().isEmpty()) {
            return not("Execution was started before the launch of RedriveExecution");
        }
        if (head.nextEvent() > MOST_EVENTS) {
            return not("Execution history event limit exceeded");
        }
        if (head.endedAt().filter(end -> end.plus(PERIOD).isBefore(now)).isPresent()) {
            return not("Execution redrivable period exceeded");
        }
        return new Redrivable("REDRIVABLE", "");
    }

    private static Redrivable not(String reason) {
        return new Redrivable("NOT_REDRIVABLE", reason);
    }

    public boolean now() {
        return status.equals("REDRIVABLE");
    }
}
