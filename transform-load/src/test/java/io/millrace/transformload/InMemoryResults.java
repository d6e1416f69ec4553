package io.millrace.transformload;

import io.millrace.transformload.result.Location;
import io.millrace.transformload.result.Results;
import io.millrace.transformload.result.Stored;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Results in memory. */
final class InMemoryResults implements Results {

    final Map<String, Stored> items = new ConcurrentHashMap<>();
    private final Runnable before;

    InMemoryResults(Runnable before) {
        this.before = before;
    }

    @Override
    public Stored putIfAbsent(Stored stored) {
        before.run();
        var first = items.putIfAbsent(stored.result().id(), stored);
        return first == null ? stored : first;
    }

    @Override
    public Stored move(Stored from, Location to) {
        before.run();
        var id = from.result().id();
        items.replace(id, from, new Stored(from.result(), to));
        return Objects.requireNonNull(items.get(id));
    }
}
