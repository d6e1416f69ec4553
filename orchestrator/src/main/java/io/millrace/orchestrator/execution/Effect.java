package io.millrace.orchestrator.execution;

import java.time.Instant;

/** Something that was decided and is to be done outside, until it is known to be accepted. */
public sealed interface Effect {

    /** The same each time the effect is sent, and no other effect's. */
    String id();

    /** When it is to be sent again if nothing was heard of it. */
    Instant againAt();

    /** The same effect, sent again at another time. */
    Effect againAt(Instant time);

    /**
     * A task's call of a service or function.
     *
     * @param frame the frame that has scheduled the task
     * @param event the id of the event by which it did
     * @param callback whether the task's result comes with a token, not with the call's answer
     */
    record Call(
            String id,
            String frame,
            long event,
            String resource,
            Datum parameters,
            boolean callback,
            Instant againAt)
            implements Effect {
        @Override
        public Call againAt(Instant time) {
            return new Call(id, frame, event, resource, parameters, callback, time);
        }
    }

    /** Tells the error handler that the execution has failed. */
    record ReportFailure(String id, Instant againAt) implements Effect {
        @Override
        public ReportFailure againAt(Instant time) {
            return new ReportFailure(id, time);
        }
    }
}
