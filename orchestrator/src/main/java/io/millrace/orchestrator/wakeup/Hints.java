package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.ExecutionId;
import java.time.Instant;

/** Asks for a wake-up at a time, from somewhere that outlives this process. May be lost. */
@FunctionalInterface
public interface Hints {

    /** Asks nobody: the due index alone finds timers. */
    Hints NONE = (id, at) -> {};

    void hint(ExecutionId id, Instant at);
}
