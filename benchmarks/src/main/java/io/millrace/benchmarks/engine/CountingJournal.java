package io.millrace.benchmarks.engine;

import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.journal.Journal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Takes every commit, and has only what still runs at hand. */
final class CountingJournal implements Journal {

    private final LongAdder commits = new LongAdder();
    private final Map<ExecutionId, Head> running = new ConcurrentHashMap<>();

    long commits() {
        return commits.sum();
    }

    @Override
    public Commit commit(Head head) {
        commits.increment();
        if (!head.status().ended()) {
            running.put(head.id(), head);
        } else if (head.version() > 1) {
            running.remove(head.id());
        }
        return new Commit.Done(head);
    }

    @Override
    public Optional<Head> recent(ExecutionId id) {
        return Optional.ofNullable(running.get(id));
    }

    @Override
    public Optional<Head> read(ExecutionId id) {
        return recent(id);
    }

    @Override
    public List<HistoryEvent> events(ExecutionId id, Head.Chunk chunk) {
        return List.of();
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
