package io.millrace.datasync.poll;

import io.millrace.datasync.lease.Lease;
import io.millrace.datasync.lease.LeaseStore;
import io.millrace.datasync.lease.Leases;
import io.millrace.datasync.lease.Observations;
import io.millrace.datasync.stream.Shard;
import io.millrace.datasync.stream.ShardId;
import io.millrace.datasync.stream.StreamSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of several that share a stream: looks at shards and leases in rounds, takes its share, and
 * knows which shards it reads. Has no thread of its own.
 */
final class Replica {

    private static final Logger log = LoggerFactory.getLogger(Replica.class);

    private final String name;
    private final StreamSource source;
    private final LeaseStore leases;
    private final Delivery delivery;
    private final PollSettings settings;
    private final PollMetrics metrics;
    private final InstantSource clock;
    private final Observations observations = new Observations();
    private final Set<ShardId> reading = ConcurrentHashMap.newKeySet();

    private List<Shard> shards = List.of();
    private Instant discoverAt = Instant.MIN;

    Replica(
            String name,
            StreamSource source,
            LeaseStore leases,
            Delivery delivery,
            PollSettings settings,
            PollMetrics metrics,
            InstantSource clock) {
        this.name = name;
        this.source = source;
        this.leases = leases;
        this.delivery = delivery;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Looks at everything once; returns readers of the shards that are this replica's from now. */
    List<ShardReader> round() {
        var now = clock.instant();
        if (!now.isBefore(discoverAt)) {
            shards = source.shards();
            discoverAt = now.plus(settings.discovery());
        }
        var known = leases();
        known.forEach(lease -> observations.observe(lease, now));
        return Leases.toTake(name, shards, known, lease -> isAlive(lease, now)).stream()
                .flatMap(lease -> leases.take(lease, name).stream())
                .map(this::reader)
                .toList();
    }

    /** The leases of all shards; a shard that is new gets one. */
    private List<Lease> leases() {
        var ids = shards.stream().map(Shard::id).collect(Collectors.toSet());
        observations.retain(ids);
        var known = leases.find(ids);
        var missing = new HashSet<>(ids);
        known.forEach(lease -> missing.remove(lease.shard()));
        if (missing.isEmpty()) {
            return known;
        }
        missing.forEach(shard -> leases.create(Lease.unread(shard)));
        return leases.find(ids);
    }

    private ShardReader reader(Lease held) {
        log.info("{} reads shard {}", name, held.shard());
        reading.add(held.shard());
        metrics.started(held.shard());
        return new ShardReader(source, leases, delivery, settings, metrics, clock, held);
    }

    private boolean isAlive(Lease lease, Instant now) {
        return lease.isOwnedBy(name)
                ? reading.contains(lease.shard())
                : !observations.isStale(lease, now, settings.lease());
    }

    /** A reader came to its shard's end, lost its lease or was stopped. */
    void stopped(ShardReader reader, boolean giveBack) {
        reading.remove(reader.shard());
        metrics.stopped(reader.shard());
        if (giveBack) {
            leases.release(reader.lease());
        }
    }

    /** A shard has ended, so its children are there: the next round asks for them. */
    void discover() {
        discoverAt = Instant.MIN;
    }
}
