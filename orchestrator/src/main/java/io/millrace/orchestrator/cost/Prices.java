package io.millrace.orchestrator.cost;

import java.time.Duration;

/**
 * What AWS asks for in us-east-1, in dollars, without free tiers and discounts by volume. From the
 * pricing pages of Step Functions, DynamoDB (on-demand, Standard table class) and SQS (standard
 * queues), as of November 2026.
 */
public final class Prices {

    public static final double MILLION_TRANSITIONS = 25.00;
    public static final double MILLION_EXPRESS_REQUESTS = 1.00;
    public static final double EXPRESS_GB_SECOND = 0.00001667;
    public static final double MILLION_WRITES = 0.625;
    public static final double MILLION_READS = 0.125;
    public static final double MILLION_MESSAGES = 0.40;

    private static final int MEMORY_CHUNK_MB = 64;
    private static final long DURATION_CHUNK_MILLIS = 100;
    private static final double MB_PER_GB = 1024;
    private static final double MILLION = 1_000_000;

    private Prices() {}

    /** A million executions as a Standard workflow of Step Functions. */
    public static double standard(Usage usage, int memory) {
        return usage.transitions() * MILLION_TRANSITIONS
                + usage.expressChildren() * MILLION_EXPRESS_REQUESTS
                + MILLION * gigabyteSeconds(usage.expressTime(), memory) * EXPRESS_GB_SECOND;
    }

    /** A million executions as an Express workflow of Step Functions. */
    public static double express(Usage usage, int memory) {
        return MILLION_EXPRESS_REQUESTS
                + MILLION * gigabyteSeconds(usage.duration(), memory) * EXPRESS_GB_SECOND;
    }

    /** Time and memory are billed in whole chunks. */
    static double gigabyteSeconds(Duration duration, int memory) {
        return up(memory, MEMORY_CHUNK_MB)
                / MB_PER_GB
                * up(duration.toMillis(), DURATION_CHUNK_MILLIS)
                / 1000;
    }

    private static long up(long value, long chunk) {
        return Math.ceilDiv(value, chunk) * chunk;
    }

    /** The requests to DynamoDB and SQS of a million executions here, if those are AWS's. */
    public static double here(Usage usage) {
        return usage.writes() * MILLION_WRITES
                + usage.reads() * MILLION_READS
                + usage.messages() * MILLION_MESSAGES;
    }
}
