package io.millrace.lambdaadapter;

import java.time.Duration;

/** When an invocation has to have ended. */
@FunctionalInterface
public interface Deadline {

    /** The time that is left. */
    Duration left();

    /** Whether less than that is left. */
    default boolean isWithin(Duration time) {
        return left().compareTo(time) < 0;
    }
}
