package io.millrace.orchestrator.workflow;

import java.util.List;

/**
 * What of an Express execution's history is logged.
 *
 * @param data whether inputs and outputs are shown
 * @param destinations the log groups that a definition for AWS names; kept, and not written to
 */
public record Logging(Level level, boolean data, List<String> destinations) {

    /** As AWS has it for a state machine that says nothing. */
    public static final Logging OFF = new Logging(Level.OFF, false, List.of());

    public Logging {
        destinations = List.copyOf(destinations);
    }

    /** Which events are logged; the names are Step Functions'. */
    public enum Level {
        ALL,
        ERROR,
        FATAL,
        OFF
    }
}
