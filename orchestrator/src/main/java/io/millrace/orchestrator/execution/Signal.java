package io.millrace.orchestrator.execution;

import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.evaluate.Tolerance;
import java.util.List;
import java.util.Optional;

/** What happens to an execution from outside. */
public sealed interface Signal {

    /** Time has passed, or a run was stopped at its bound: do what is due. */
    record Due() implements Signal {}

    /** A worker answers with the task's token. */
    record Answered(TaskKey task, TaskOutcome outcome) implements Signal {}

    /**
     * A worker asks for the task of an activity.
     *
     * @param handOut what the worker is given it by
     * @param before hand-outs that were begun before and, it seems, have not reached anybody
     * @param worker what the worker calls itself
     */
    record Taken(TaskKey task, String handOut, List<String> before, Optional<String> worker)
            implements Signal {
        public Taken {
            before = List.copyOf(before);
        }
    }

    /** A worker is still at it. */
    record Heartbeat(TaskKey task) implements Signal {}

    /** An effect's call has returned. */
    record Called(String effect, TaskOutcome outcome) implements Signal {}

    /** An effect's call goes on, in this process: nobody else need repeat it yet. */
    record StillCalling(String effect) implements Signal {}

    /**
     * Children of a map run have been begun.
     *
     * @param children how many in all
     * @param items how many items those have
     * @param exhausted whether there are no more items
     * @param ended those that had succeeded in an earlier attempt, or cannot be redriven
     */
    record ChildrenBegun(
            String effect, int children, long items, boolean exhausted, List<ChildEnded> ended)
            implements Signal {
        public ChildrenBegun {
            ended = List.copyOf(ended);
        }
    }

    /**
     * A child of a map run has ended.
     *
     * @param attempt in which of the map run's attempts
     */
    record ChildEnded(long mapRun, int index, int items, Status how, int attempt)
            implements Signal {}

    /**
     * Somebody redrives the execution.
     *
     * @param request the request's name: with the same one it happens once
     * @param attempt for a child, the attempt of the map run that it belongs to from now on
     */
    record Redriven(Optional<String> request, int attempt) implements Signal {}

    /** Somebody changes how a map run goes on; what is absent stays. */
    record MapRunChanged(long mapRun, Optional<Integer> width, Optional<Tolerance> tolerance)
            implements Signal {}

    /** Somebody stops the execution. */
    record Stopped(StateError reason) implements Signal {}

    /**
     * A task, as its token names it.
     *
     * @param event the id of the event by which it was scheduled
     */
    record TaskKey(ExecutionId execution, String frame, long event, String nonce) {}
}
