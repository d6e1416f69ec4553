package io.millrace.stateslanguage.model;

import java.util.List;
import java.util.Optional;

/**
 * When a failed state runs again, and how soon.
 *
 * @param intervalSeconds before the first retry
 * @param maxAttempts how many retries; 0 for never
 * @param maxDelaySeconds the longest delay that the rate may reach
 */
public record Retrier(
        List<String> errorEquals,
        int intervalSeconds,
        int maxAttempts,
        double backoffRate,
        Optional<Integer> maxDelaySeconds,
        Jitter jitter) {

    /** The defaults of the language (ASL, "Retrying after error"). */
    public static final int DEFAULT_INTERVAL_SECONDS = 1;

    public static final int DEFAULT_MAX_ATTEMPTS = 3;
    public static final double DEFAULT_BACKOFF_RATE = 2.0;

    public Retrier {
        errorEquals = List.copyOf(errorEquals);
        if (errorEquals.isEmpty()) {
            throw new IllegalArgumentException("ErrorEquals is empty; name at least one error");
        }
        if (backoffRate < 1.0) {
            throw new IllegalArgumentException(
                    "BackoffRate %s shrinks the delay; use 1.0 or more".formatted(backoffRate));
        }
    }

    /** JitterStrategy. */
    public enum Jitter {
        NONE,
        FULL
    }
}
