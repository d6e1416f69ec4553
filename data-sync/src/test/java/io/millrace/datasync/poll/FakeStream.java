package io.millrace.datasync.poll;

import io.millrace.datasync.stream.Position;
import io.millrace.datasync.stream.Shard;
import io.millrace.datasync.stream.ShardId;
import io.millrace.datasync.stream.StreamSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/** A stream whose shards split and whose records are dropped when a test says so. */
final class FakeStream implements StreamSource {

    private static final int PAGE = 2;

    private final Map<ShardId, List<Change>> records = new LinkedHashMap<>();
    private final Map<ShardId, Optional<ShardId>> parents = new LinkedHashMap<>();
    private final Map<ShardId, Integer> dropped = new LinkedHashMap<>();
    private final Set<ShardId> closed = new HashSet<>();
    private final Instant at;
    private boolean expired;
    private int sequence = 100;

    FakeStream(Instant at) {
        this.at = at;
    }

    void addShard(String id, Optional<String> parent) {
        records.put(new ShardId(id), new ArrayList<>());
        parents.put(new ShardId(id), parent.map(ShardId::new));
        dropped.put(new ShardId(id), 0);
    }

    /** Closes a shard and opens its children. */
    void split(String id, String... children) {
        closed.add(new ShardId(id));
        for (var child : children) {
            addShard(child, Optional.of(id));
        }
    }

    void write(String shard, String... values) {
        for (var value : values) {
            var json = JsonNodeFactory.instance.stringNode(value);
            records.get(new ShardId(shard)).add(new Change(String.valueOf(sequence++), at, json));
        }
    }

    /** Drops the oldest records, as DynamoDB does after a day. */
    void trim(String shard, int count) {
        dropped.merge(new ShardId(shard), count, Integer::sum);
    }

    /** Makes all places invalid once, as time does. */
    void expire() {
        expired = true;
    }

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public List<Shard> shards() {
        return records.keySet().stream().map(id -> new Shard(id, parents.get(id))).toList();
    }

    @Override
    public Opened open(ShardId shard, Position position) {
        if (!records.containsKey(shard)) {
            return new Opened.Gone();
        }
        var index =
                switch (position) {
                    case Position.Start _ -> dropped.get(shard);
                    case Position.After(var sequenceNumber) -> indexAfter(shard, sequenceNumber);
                    case Position.End _ -> records.get(shard).size();
                };
        return index < dropped.get(shard)
                ? new Opened.Trimmed()
                : new Opened.At(new Place(shard + "@" + index));
    }

    private int indexAfter(ShardId shard, String sequenceNumber) {
        var all = records.get(shard).stream().map(Change::sequenceNumber).toList();
        return all.indexOf(sequenceNumber) + 1;
    }

    @Override
    public Read read(Place place) {
        if (expired) {
            expired = false;
            return new Read.Expired();
        }
        var parts = place.iterator().split("@");
        var shard = new ShardId(parts[0]);
        var from = Integer.parseInt(parts[1]);
        if (from < dropped.get(shard)) {
            return new Read.Trimmed();
        }
        var all = records.get(shard);
        var to = Math.min(all.size(), from + PAGE);
        var ends = to == all.size() && closed.contains(shard);
        return new Read.Page(
                all.subList(from, to),
                ends ? Optional.empty() : Optional.of(new Place(shard + "@" + to)));
    }
}
