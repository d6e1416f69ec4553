package io.millrace.errorhandler.failure;

import io.millrace.events.Event;
import io.millrace.events.ExecutionFailed;
import io.millrace.events.TaskResult;

/** What a failed message is. */
public sealed interface Failure {

    /** What it is about. */
    Subject subject();

    /**
     * A task that no worker could do.
     *
     * @param token what an execution waits with for the answer
     */
    record Task(String token, Subject subject) implements Failure {}

    /** An answer to a task that the orchestrator could not take from its queue. */
    record Answer(TaskResult result, Subject subject) implements Failure {}

    /** An execution that ended without success. */
    record Execution(Event<ExecutionFailed> event, Subject subject) implements Failure {}

    /** An event of another kind. */
    record Other(Subject subject) implements Failure {}

    /** Something that is no event of ours: AWS's own JSON, a malformed line, anything. */
    record Unknown(Subject subject) implements Failure {}
}
