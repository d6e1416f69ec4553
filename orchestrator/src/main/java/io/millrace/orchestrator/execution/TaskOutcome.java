package io.millrace.orchestrator.execution;

import io.millrace.stateslanguage.error.StateError;

/** What became of a task, or of the call that submits it. */
public sealed interface TaskOutcome {

    record Done(Datum output) implements TaskOutcome {}

    record Failed(StateError reason) implements TaskOutcome {}
}
