package io.millrace.datasync.lease;

import io.millrace.datasync.stream.ShardId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * When each lease was last seen to move, by this replica's own clock: clocks of replicas need not
 * agree.
 */
public final class Observations {

    private record Seen(long generation, long beat, Instant since) {}

    private final Map<ShardId, Seen> seen = new HashMap<>();

    /** Takes note of a lease. */
    public void observe(Lease lease, Instant now) {
        var before = seen.get(lease.shard());
        if (before == null
                || before.generation() != lease.generation()
                || before.beat() != lease.beat()) {
            seen.put(lease.shard(), new Seen(lease.generation(), lease.beat(), now));
        }
    }

    /** Forgets all shards but these. */
    public void retain(Set<ShardId> shards) {
        seen.keySet().retainAll(shards);
    }

    /** Whether the lease has stood still so long that its owner must be dead. */
    public boolean isStale(Lease lease, Instant now, Duration duration) {
        var last = seen.get(lease.shard());
        return last != null && last.since().plus(duration).isBefore(now);
    }
}
