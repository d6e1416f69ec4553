package io.millrace.datasync.lease;

import io.millrace.datasync.stream.Position;
import io.millrace.datasync.stream.ShardId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The store's fake. */
public final class InMemoryLeases implements LeaseStore {

    private final Map<ShardId, Lease> leases = new HashMap<>();

    @Override
    public synchronized List<Lease> find(Collection<ShardId> shards) {
        return shards.stream().filter(leases::containsKey).map(leases::get).toList();
    }

    @Override
    public synchronized void create(Lease unread) {
        leases.putIfAbsent(unread.shard(), unread);
    }

    @Override
    public synchronized Optional<Lease> take(Lease seen, String owner) {
        var now = leases.get(seen.shard());
        if (now == null || now.generation() != seen.generation() || now.beat() != seen.beat()) {
            return Optional.empty();
        }
        var taken =
                new Lease(
                        now.shard(),
                        Optional.of(owner),
                        now.generation() + 1,
                        now.beat() + 1,
                        now.position());
        leases.put(taken.shard(), taken);
        return Optional.of(taken);
    }

    @Override
    public synchronized boolean renew(Lease held) {
        return write(held, held.owner(), Optional.empty());
    }

    @Override
    public synchronized boolean advance(Lease held, Position position) {
        return write(held, held.owner(), Optional.of(position));
    }

    @Override
    public synchronized void release(Lease held) {
        write(held, Optional.empty(), Optional.empty());
    }

    private boolean write(Lease held, Optional<String> owner, Optional<Position> position) {
        var now = leases.get(held.shard());
        if (now == null
                || !now.owner().equals(held.owner())
                || now.generation() != held.generation()) {
            return false;
        }
        leases.put(
                now.shard(),
                new Lease(
                        now.shard(),
                        owner,
                        now.generation(),
                        now.beat() + 1,
                        position.orElse(now.position())));
        return true;
    }
}
