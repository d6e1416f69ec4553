package io.millrace.orchestrator.execution;

import io.millrace.stateslanguage.error.StateError;

/** What happens to an execution from outside. */
public sealed interface Signal {

    /** Time has passed, or a run was stopped at its bound: do what is due. */
    record Due() implements Signal {}

    /** A worker answers with the task's token. */
    record Answered(TaskKey task, TaskOutcome outcome) implements Signal {}

    /** A worker is still at it. */
    record Heartbeat(TaskKey task) implements Signal {}

    /** An effect's call has returned. */
    record Called(String effect, TaskOutcome outcome) implements Signal {}

    /** An effect's call goes on, in this process: nobody else need repeat it yet. */
    record StillCalling(String effect) implements Signal {}

    /** Somebody stops the execution. */
    record Stopped(StateError reason) implements Signal {}

    /**
     * A task, as its token names it.
     *
     * @param event the id of the event by which it was scheduled
     */
    record TaskKey(ExecutionId execution, String frame, long event, String nonce) {}
}
