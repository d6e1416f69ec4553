package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.TaskOutcome;

/** Does what an execution has decided to do outside. */
public interface EffectCalls {

    /**
     * Does it and waits for the answer.
     *
     * @throws RuntimeException if it is not known whether it was done: it will be done again
     */
    TaskOutcome call(Head head, Effect.Outside effect);
}
