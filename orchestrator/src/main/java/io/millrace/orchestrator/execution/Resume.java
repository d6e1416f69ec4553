package io.millrace.orchestrator.execution;

import io.millrace.stateslanguage.error.StateError;

/** What a frame's state is told, so that it goes on. */
sealed interface Resume {

    /** The execution is redriven: do once more what did not succeed. */
    record Redriven() implements Resume {}

    /** It is its turn: enter. */
    record Begin() implements Resume {}

    /** The Wait is over. */
    record Elapsed() implements Resume {}

    /** Try once more. */
    record Again() implements Resume {}

    /** The task has a result. */
    record Result(TaskOutcome outcome) implements Resume {}

    /** The call that submits the task has returned. */
    record Submission(TaskOutcome outcome) implements Resume {}

    /** The task took too long, or was silent for too long. */
    record TimedOut(boolean silent) implements Resume {}

    /** All branches or iterations have ended. */
    record Joined(Fork fork) implements Resume {}

    /** A branch or iteration has failed. */
    record ChildFailed(StateError reason) implements Resume {}

    /** The results of a map run's children are together. */
    record Collected(Datum output) implements Resume {}

    /** A map run has failed as a whole. */
    record RunFailed(StateError reason) implements Resume {}
}
