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

    /** Whether it is to be done although the execution has ended. */
    default boolean outlastsTheEnd() {
        return this instanceof StopChildren || this instanceof StopJob;
    }

    /** What others than this orchestrator do. */
    sealed interface Outside extends Effect {}

    /** What happens between an execution and those that its distributed Maps begin. */
    sealed interface Among extends Effect {}

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
            implements Outside {
        @Override
        public Call againAt(Instant time) {
            return new Call(id, frame, event, resource, parameters, callback, time);
        }
    }

    /** Tells the error handler that the execution has failed. */
    record ReportFailure(String id, Instant againAt) implements Outside {
        @Override
        public ReportFailure againAt(Instant time) {
            return new ReportFailure(id, time);
        }
    }

    /** Begins the next children of a map run. */
    record BeginChildren(String id, String frame, long mapRun, Instant againAt) implements Among {
        @Override
        public BeginChildren againAt(Instant time) {
            return new BeginChildren(id, frame, mapRun, time);
        }
    }

    /** Brings together what the children of a map run have come to. */
    record CollectResults(String id, String frame, long mapRun, Instant againAt) implements Among {
        @Override
        public CollectResults againAt(Instant time) {
            return new CollectResults(id, frame, mapRun, time);
        }
    }

    /** Stops the children of a map run that nobody waits for any more. */
    record StopChildren(String id, long mapRun, Instant againAt) implements Among {
        @Override
        public StopChildren againAt(Instant time) {
            return new StopChildren(id, mapRun, time);
        }
    }

    /**
     * Stops an execution that nobody waits for any more.
     *
     * @param task that has begun it; another's is left alone
     */
    record StopJob(String id, ExecutionId job, Signal.TaskKey task, Instant againAt)
            implements Among {
        @Override
        public StopJob againAt(Instant time) {
            return new StopJob(id, job, task, time);
        }
    }

    /** Tells the execution that has begun this one how it has ended. */
    record TellParent(String id, Instant againAt) implements Among {
        @Override
        public TellParent againAt(Instant time) {
            return new TellParent(id, time);
        }
    }
}
