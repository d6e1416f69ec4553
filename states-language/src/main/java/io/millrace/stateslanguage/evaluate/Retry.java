package io.millrace.stateslanguage.evaluate;

import java.time.Duration;
import java.util.List;

/** Whether a failed state runs again. */
public sealed interface Retry {

    /**
     * It does, after the delay.
     *
     * @param attempts how often each retrier has been used, this time included: hand it in the next
     *     time
     */
    record Again(Duration delay, List<Integer> attempts) implements Retry {
        public Again {
            attempts = List.copyOf(attempts);
        }
    }

    /** It does not: no retrier names the error, or the one that does has no attempts left. */
    record GiveUp() implements Retry {}
}
