package io.millrace.servicestarter;

/**
 * Gives virtual threads more carriers than there are processors. On JDK 25 a virtual thread that
 * waits until another one has initialised a class holds its carrier. When a burst of messages meets
 * a service that has just started, as many may wait as there are carriers, and if what they wait
 * for needs one too, every virtual thread of the JVM stands still for good (JDK-8369238, mended in
 * 26). Carriers are made when they are needed; more than there are messages in flight are enough.
 */
public final class Carriers {

    private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
    private static final int SPARE = 128;

    private Carriers() {}

    /** Has an effect only before the JVM's first virtual thread; what a user sets stays. */
    public static void addSpare() {
        if (System.getProperty(PARALLELISM) == null) {
            var carriers = Runtime.getRuntime().availableProcessors() + SPARE;
            System.setProperty(PARALLELISM, String.valueOf(carriers));
        }
    }
}
