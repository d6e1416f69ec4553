package io.millrace.orchestrator.journal;

import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where executions are kept. */
public interface Journal {

    /** The latest committed head. */
    Optional<Head> read(ExecutionId id);

    /**
     * A head that was committed before, if one is at hand without asking anybody. Often it is the
     * latest: a commit on it says so.
     */
    default Optional<Head> recent(ExecutionId id) {
        return Optional.empty();
    }

    /**
     * Makes a head the latest one, if it follows on what is there: version 1 on nothing, any other
     * on the version before it.
     */
    Commit commit(Head head);

    /** The events that a head refers to. */
    List<HistoryEvent> events(ExecutionId id, Head.Chunk chunk);

    /** Executions of a shard that are due, the longest overdue first; may lag behind commits. */
    List<ExecutionId> due(int shard, Instant until, int limit);

    /** Executions of a state machine, the latest first; may lag behind commits. */
    Listing list(Query query);

    /** What became of a commit. */
    sealed interface Commit {

        /**
         * The head is the latest one.
         *
         * @param head as it is kept: older events may have moved to chunks
         */
        record Done(Head head) implements Commit {}

        /** Another head has been committed before. */
        record Conflict(Head latest) implements Commit {}
    }

    /**
     * Which executions to list.
     *
     * @param after go on after this one
     */
    record Query(String stateMachine, int shards, int limit, Optional<Position> after) {}

    /** An execution's place in the list of its state machine. */
    record Position(Instant startedAt, String name) {

        public static Position of(Head head) {
            return new Position(head.startedAt(), head.id().name());
        }
    }

    /**
     * Part of a list.
     *
     * @param more whether others may follow
     */
    record Listing(List<Head> heads, boolean more) {}
}
