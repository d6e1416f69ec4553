package io.millrace.errorhandler.failure;

import tools.jackson.databind.JsonNode;

/** The way back to an execution that waits for a task. */
public interface TaskAnswers {

    /**
     * Tells the execution that its task has failed.
     *
     * @return whether it took the answer; it does not if it has ended or gone on without it
     */
    boolean fail(String taskToken, String error, String cause);

    /**
     * Tells the execution that its task is done.
     *
     * @return whether it took the answer
     */
    boolean succeed(String taskToken, JsonNode output);
}
