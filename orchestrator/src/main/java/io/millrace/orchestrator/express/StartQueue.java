package io.millrace.orchestrator.express;

/** Keeps the starts of executions that nobody waits for until they have ended. */
@FunctionalInterface
public interface StartQueue {

    /** Returns when the message is kept. */
    void put(String message);
}
