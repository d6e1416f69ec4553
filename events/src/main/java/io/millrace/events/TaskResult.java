package io.millrace.events;

/** A worker's answer to a {@link TaskRequest}. */
public sealed interface TaskResult extends EventData permits TaskSucceeded, TaskFailed {

    /** The token of the request that is answered. */
    String taskToken();
}
