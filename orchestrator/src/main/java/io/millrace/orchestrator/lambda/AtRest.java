package io.millrace.orchestrator.lambda;

import io.millrace.lambdaadapter.Deadline;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * Waits until executions wait for others only. What an invocation leaves undone is not lost, the
 * journal has it, but it would wait for the next schedule.
 */
final class AtRest {

    private static final Duration PAUSE = Duration.ofMillis(5);

    /** Between an effect that has been sent and its signal, nothing can be seen for a moment. */
    private static final int QUIET_LOOKS = 3;

    private final IntSupplier effects;
    private final IntSupplier executions;

    AtRest(IntSupplier effects, IntSupplier executions) {
        this.effects = effects;
        this.executions = executions;
    }

    void await(Deadline deadline) {
        var quiet = 0;
        while (quiet < QUIET_LOOKS && !deadline.isWithin(Duration.ZERO)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            quiet = effects.getAsInt() + executions.getAsInt() == 0 ? quiet + 1 : 0;
        }
    }
}
