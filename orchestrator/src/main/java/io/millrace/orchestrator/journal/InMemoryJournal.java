package io.millrace.orchestrator.journal;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.journal.HeadCodec.Kept;
import io.millrace.orchestrator.journal.Packing.Document;
import io.millrace.orchestrator.journal.Packing.Piece;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A journal that lasts as long as the process; for tests, and for users' tests. */
public final class InMemoryJournal implements Journal {

    private static final String HEAD = "head";

    private final HeadCodec codec = new HeadCodec();
    private final Packing packing = new Packing(codec);
    private final Map<ExecutionId, Map<String, Document>> items = new HashMap<>();

    @Override
    public synchronized Optional<Head> read(ExecutionId id) {
        return Optional.ofNullable(items.get(id)).map(own -> codec.decodeHead(kept(own, HEAD)));
    }

    @Override
    public synchronized Commit commit(Head head) {
        var latest = read(head.id());
        if (latest.map(Head::version).orElse(0L) != head.version() - 1) {
            return new Commit.Conflict(
                    latest.orElseThrow(() ->
                            new IllegalStateException(
                                    "Version %d of %s follows on nothing"
                                            .formatted(head.version(), head.id()))));
        }
        var packed = packing.pack(head);
        var own = items.computeIfAbsent(head.id(), _ -> new HashMap<>());
        own.putAll(packed.items());
        own.put(HEAD, packed.document());
        return new Commit.Done(packed.head());
    }

    @Override
    public synchronized List<HistoryEvent> events(ExecutionId id, Head.Chunk chunk) {
        return codec.decodeEvents(kept(items.getOrDefault(id, Map.of()), Packing.sortKey(chunk)));
    }

    @Override
    public synchronized List<ExecutionId> due(int shard, Instant until, int limit) {
        return all().filter(head -> head.shard() == shard)
                .filter(head -> head.dueAt().filter(at -> !at.isAfter(until)).isPresent())
                .sorted(Comparator.comparing(head -> head.dueAt().orElseThrow()))
                .limit(limit)
                .map(Head::id)
                .toList();
    }

    @Override
    public synchronized Listing list(Query query) {
        var found =
                all().filter(head -> head.id().stateMachine().equals(query.stateMachine()))
                        .filter(head -> follows(head, query.after()))
                        .sorted(Comparator.comparing(Position::of, LATEST_FIRST))
                        .limit(query.limit() + 1L)
                        .toList();
        return new Listing(
                new ArrayList<>(found.subList(0, Math.min(found.size(), query.limit()))),
                found.size() > query.limit());
    }

    /** The order of a list. */
    static final Comparator<Position> LATEST_FIRST =
            Comparator.comparing(Position::startedAt).thenComparing(Position::name).reversed();

    private static boolean follows(Head head, Optional<Position> after) {
        return after.isEmpty() || LATEST_FIRST.compare(after.get(), Position.of(head)) < 0;
    }

    private Stream<Head> all() {
        return items.values().stream().map(own -> codec.decodeHead(kept(own, HEAD)));
    }

    private static Kept kept(Map<String, Document> own, String sortKey) {
        var document = document(own, sortKey);
        return new Kept(
                document.structure(),
                document.data().stream().map(piece -> Datum.ofText(text(own, piece))).toList());
    }

    private static String text(Map<String, Document> own, Piece piece) {
        return switch (piece) {
            case Piece.Inline(var text) -> text;
            case Piece.Elsewhere(var key) -> text(own, document(own, key).data().getFirst());
        };
    }

    private static Document document(Map<String, Document> own, String sortKey) {
        return Optional.ofNullable(own.get(sortKey))
                .orElseThrow(() -> new IllegalStateException("There is no item " + sortKey));
    }
}
