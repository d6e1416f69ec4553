package io.millrace.orchestrator.express;

import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.journal.Journal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Executions while they run, as they are. Nobody looks here for what is due: every timer of an
 * Express execution is in this process.
 */
final class MemoryJournal implements Journal {

    private final Map<ExecutionId, Head> heads = new ConcurrentHashMap<>();

    @Override
    public Optional<Head> read(ExecutionId id) {
        return Optional.ofNullable(heads.get(id));
    }

    @Override
    public Commit commit(Head head) {
        var latest =
                heads.compute(
                        head.id(),
                        (_, known) -> {
                            var version = known == null ? 0 : known.version();
                            return version == head.version() - 1 ? head : known;
                        });
        if (latest == null) {
            throw new IllegalStateException("%s is over".formatted(head.id()));
        }
        if (!latest.commit().equals(head.commit())) {
            return new Commit.Conflict(latest);
        }
        if (isOver(head)) {
            heads.remove(head.id());
        }
        return new Commit.Done(head);
    }

    /** Whether nothing will become of an execution any more. */
    static boolean isOver(Head head) {
        return head.status().ended() && head.outbox().isEmpty();
    }

    @Override
    public List<HistoryEvent> events(ExecutionId id, Head.Chunk chunk) {
        throw new IllegalStateException("The whole history of %s is in its head".formatted(id));
    }

    @Override
    public List<ExecutionId> due(int shard, Instant until, int limit) {
        return List.of();
    }

    @Override
    public Listing list(Query query) {
        return new Listing(List.of(), false);
    }
}
