package io.millrace.orchestrator.cost;

import java.time.Duration;

/**
 * What a definition does not say of its executions.
 *
 * @param items how many items each Map has, and how often a loop goes round on the longest way
 * @param task how long each task takes
 * @param payload how many bytes the input, and each task's result, has
 * @param memory how much memory an Express execution takes on Step Functions, in MB
 */
public record Assumptions(int items, Duration task, int payload, int memory) {

    /** The most items, for the sake of whoever waits for the prediction. */
    public static final int MOST_ITEMS = 1_000_000;

    public static final Assumptions DEFAULT = new Assumptions(10, Duration.ofSeconds(1), 1000, 64);

    public Assumptions {
        if (items < 0 || items > MOST_ITEMS) {
            throw new IllegalArgumentException(
                    "%d items; give 0 to %d".formatted(items, MOST_ITEMS));
        }
        if (task.isNegative() || payload < 0 || memory < 1) {
            throw new IllegalArgumentException(
                    "Time and payload may not be negative, and memory has to be 1 MB or more");
        }
    }
}
