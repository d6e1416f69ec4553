package io.millrace.stateslanguage.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;

/**
 * Ends an expression that would not end by itself. Work is counted instead of time, as the library
 * would: what an execution does may not depend on how busy its machine is.
 */
final class Runaway {

    /** Some seconds of a slow processor. */
    private static final int MOST_STEPS = 10_000_000;

    private static final int DEEPEST = 500;

    private int steps;
    private int depth;

    private Runaway() {}

    static void endIn(Jsonata.Frame frame) {
        var counts = new Runaway();
        frame.setEvaluateEntryCallback((_, _, environment) -> counts.enter(environment));
        frame.setEvaluateExitCallback((_, _, environment, _) -> counts.leave(environment));
    }

    private void enter(Jsonata.Frame environment) {
        // As in the library, what goes over many elements is not deep.
        if (!environment.isParallelCall && (++depth > DEEPEST)) {
            throw new JException(
                    "More than %d levels deep: check for a function that calls itself for ever"
                            .formatted(DEEPEST),
                    -1);
        }
        if (++steps > MOST_STEPS) {
            throw new JException(
                    "More than %d steps: check for an infinite loop".formatted(MOST_STEPS), -1);
        }
    }

    private void leave(Jsonata.Frame environment) {
        if (!environment.isParallelCall) {
            depth--;
        }
    }
}
