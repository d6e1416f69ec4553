package io.millrace.orchestrator.journal;

import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The heads that were committed last, as many as have room. */
final class RecentHeads {

    private record Sized(Head head, int size) {}

    private final long most;
    private final LinkedHashMap<ExecutionId, Sized> heads = new LinkedHashMap<>();
    private long size;

    /**
     * @param most how many characters at most, as they are written
     */
    RecentHeads(long most) {
        this.most = most;
    }

    synchronized Optional<Head> get(ExecutionId id) {
        return Optional.ofNullable(heads.get(id)).map(Sized::head);
    }

    synchronized void put(Head head, int written) {
        remove(head.id());
        heads.put(head.id(), new Sized(head, written));
        size += written;
        for (var oldest = heads.firstEntry();
                size > most && oldest != null;
                oldest = heads.firstEntry()) {
            remove(oldest.getKey());
        }
    }

    synchronized void remove(ExecutionId id) {
        var known = heads.remove(id);
        size -= known == null ? 0 : known.size();
    }
}
