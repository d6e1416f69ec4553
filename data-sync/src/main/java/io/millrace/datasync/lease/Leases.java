package io.millrace.datasync.lease;

import io.millrace.datasync.stream.Shard;
import io.millrace.datasync.stream.ShardId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides which leases a replica takes: those that nobody lives to use, up to its share, and else
 * one from a replica that has too many. Knows no clock and no table.
 */
public final class Leases {

    private final String self;
    private final Map<ShardId, Shard> shards;
    private final Map<ShardId, Lease> leases;
    private final Predicate<Lease> alive;

    private Leases(String self, List<Shard> shards, List<Lease> leases, Predicate<Lease> alive) {
        this.self = self;
        this.shards = byId(shards, Shard::id);
        this.leases = byId(leases, Lease::shard);
        this.alive = alive;
    }

    private static <T> Map<ShardId, T> byId(List<T> all, Function<T, ShardId> id) {
        return all.stream().collect(Collectors.toMap(id, Function.identity(), (a, _) -> a));
    }

    /**
     * The leases to take in one round.
     *
     * @param self the replica that asks
     * @param shards all shards of the stream
     * @param leases their leases, as far as they have some
     * @param alive whether a lease's owner, if it has one, is there to use it
     */
    public static List<Lease> toTake(
            String self, List<Shard> shards, List<Lease> leases, Predicate<Lease> alive) {
        return new Leases(self, shards, leases, alive).toTake();
    }

    private List<Lease> toTake() {
        var readable = leases.values().stream().filter(this::isReadable).toList();
        var load = load(readable);
        var mine = load.getOrDefault(self, 0L);
        var fair = Math.ceilDiv(readable.size(), load.size());
        var free =
                readable.stream()
                        .filter(lease -> !isAlive(lease))
                        .sorted(Comparator.comparing(Lease::shard))
                        .limit(Math.max(0, fair - mine))
                        .toList();
        return free.isEmpty() ? fromTheBusiest(readable, load, mine).stream().toList() : free;
    }

    /** A shard may be read when nothing is left to read of its parent. */
    private boolean isReadable(Lease lease) {
        var shard = shards.get(lease.shard());
        return shard != null
                && !lease.isFinished()
                && shard.parent().map(this::isReadToItsEnd).orElse(true);
    }

    private boolean isReadToItsEnd(ShardId parent) {
        var lease = leases.get(parent);
        return lease == null ? !shards.containsKey(parent) : lease.isFinished();
    }

    private boolean isAlive(Lease lease) {
        return lease.owner().isPresent() && alive.test(lease);
    }

    /** How many shards each living replica reads; this one is there even if it reads none. */
    private Map<String, Long> load(List<Lease> readable) {
        Map<String, Long> load = new HashMap<>();
        load.put(self, 0L);
        readable.stream()
                .filter(this::isAlive)
                .forEach(lease -> load.merge(lease.owner().orElseThrow(), 1L, Long::sum));
        return load;
    }

    /** One lease of whoever has at least two more than this replica: both get nearer to equal. */
    private Optional<Lease> fromTheBusiest(
            List<Lease> readable, Map<String, Long> load, long mine) {
        var busiest =
                load.entrySet().stream()
                        .max(
                                Map.Entry.<String, Long>comparingByValue()
                                        .thenComparing(Map.Entry.comparingByKey()));
        return busiest.filter(most -> most.getValue() >= mine + 2)
                .flatMap(most ->
                        readable.stream()
                                .filter(lease -> lease.isOwnedBy(most.getKey()))
                                .min(Comparator.comparing(Lease::shard)));
    }
}
