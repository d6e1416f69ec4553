package io.millrace.transformload;

import io.millrace.transformload.result.Archive;
import io.millrace.transformload.result.Location;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Stored;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** An archive in memory. */
final class InMemoryArchive implements Archive {

    /** The results in each object, by its key. */
    final Map<String, List<Result>> objects = new ConcurrentHashMap<>();

    private final Runnable before;

    InMemoryArchive(Runnable before) {
        this.before = before;
    }

    @Override
    public Location location(Result result) {
        return new Location("bucket", result.archiveKey());
    }

    @Override
    public Location location(List<Result> results) {
        return new Location("bucket", Result.archiveKey(results));
    }

    @Override
    public void put(Stored stored) {
        before.run();
        objects.put(stored.archived().key(), List.of(stored.result()));
    }

    @Override
    public boolean putNew(Location location, List<Stored> results) {
        before.run();
        var lines = results.stream().map(Stored::result).toList();
        return objects.putIfAbsent(location.key(), lines) == null;
    }

    @Override
    public Set<String> closed(Location location) {
        before.run();
        objects.putIfAbsent(location.key(), List.of());
        return Objects.requireNonNull(objects.get(location.key())).stream()
                .map(Result::id)
                .collect(Collectors.toSet());
    }
}
