package io.millrace.errorhandler.deadletters;

import io.millrace.events.FailureRecord.Payload;
import io.millrace.events.TraceParent;
import java.util.Optional;

/** The ways back for what failed. */
public interface Replays {

    /** What became of it. */
    sealed interface Outcome {

        /**
         * It is on its way.
         *
         * @param how for people
         */
        record Sent(String how) implements Outcome {}

        /**
         * It cannot be sent.
         *
         * @param why for people, with what to do instead
         */
        record Refused(String why) implements Outcome {}
    }

    /**
     * Lets an execution go on from the state that failed, or, if it cannot, begins it again with
     * the same input.
     *
     * @param name what a new one is called: the same each time
     * @param trace of what failed; a new one belongs to it
     */
    Outcome execution(
            String executionArn,
            String stateMachineArn,
            String name,
            Payload input,
            Optional<TraceParent> trace);

    /** Puts a message on the queue where it failed, as part of its trace. */
    Outcome message(String queue, Payload body, Optional<TraceParent> trace);
}
