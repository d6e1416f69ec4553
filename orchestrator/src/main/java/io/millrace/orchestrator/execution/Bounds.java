package io.millrace.orchestrator.execution;

import java.time.Duration;

/**
 * How far one run goes.
 *
 * @param events after so many events a run stops, to be committed and taken up again
 * @param bytes after so much data in events, likewise
 * @param payload the most bytes that a state may hand on
 * @param sendAgain how long after its commit an effect counts as lost
 * @param history at most so many events in an execution; with the last it fails
 * @param children how many children of a map run are under way at once, whatever it asks for
 */
public record Bounds(
        int events, int bytes, int payload, long history, Duration sendAgain, int children) {

    /** Step Functions, "Quotas": maximum execution history size. */
    private static final long AWS_HISTORY = 25_000;

    /** Step Functions, "Quotas": maximum input or output size for a task, state, or execution. */
    public static final int AWS_PAYLOAD = 262_144;

    /** How often a call that lasts says that it does: an effect counts as lost after more. */
    public static final Duration SIGN_OF_LIFE = Duration.ofSeconds(4);

    /**
     * As the engine's protocol has them, but for the ten seconds after which it has an effect sent
     * again: whoever takes over is to be done with it in ten, the search for it included.
     */
    public static final Bounds DEFAULT =
            new Bounds(
                    500, 256 * 1024, 16 * 1024 * 1024, Long.MAX_VALUE, Duration.ofSeconds(6), 1000);

    /** The same, with AWS's own bounds where we have wider ones. */
    public Bounds asAws() {
        return new Bounds(events, bytes, AWS_PAYLOAD, AWS_HISTORY, sendAgain, children);
    }

    /** The same with another payload. */
    public Bounds withPayload(int most) {
        return new Bounds(events, bytes, most, history, sendAgain, children);
    }
}
