package io.millrace.transformload.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Brings results into the table and the archive, alone or several into one object, so that each is
 * in exactly one object whatever crashes, and whoever is repeated together with whom.
 *
 * <p>The table remembers, from the first put on, which object a result was meant for. One that is
 * repeated looks there. Is it not in it, or is there none, then that object is closed to everybody,
 * also to a process that has been slow and still means to put it, and the result gets an object of
 * its own, which the table remembers next.
 */
public final class Storage {

    private final Results results;
    private final Archive archive;
    private final Executor threads;

    /**
     * @param threads where the results of one object are put into the table side by side
     */
    public Storage(Results results, Archive archive, Executor threads) {
        this.results = results;
        this.archive = archive;
        this.threads = threads;
    }

    /** Stores a result with an object of its own. */
    public Stored store(Result result) {
        return archived(results.putIfAbsent(new Stored(result, archive.location(result))));
    }

    /**
     * Stores results of one partition with one object.
     *
     * @param wanted each id once
     * @return what became of each, by its id
     */
    public Map<String, CompletableFuture<Stored>> store(List<Result> wanted) {
        var common =
                wanted.size() == 1 ? archive.location(wanted.getFirst()) : archive.location(wanted);
        var inTable = new LinkedHashMap<String, CompletableFuture<Stored>>();
        for (var result : wanted) {
            inTable.put(result.id(), start(() -> results.putIfAbsent(new Stored(result, common))));
        }
        return inArchive(common, inTable);
    }

    private Map<String, CompletableFuture<Stored>> inArchive(
            Location common, Map<String, CompletableFuture<Stored>> inTable) {
        var together = new LinkedHashMap<String, Stored>();
        inTable.forEach((id, each) ->
                ended(each)
                        .filter(stored -> stored.archived().equals(common) && !stored.isAlone())
                        .ifPresent(stored -> together.put(id, stored)));
        var put =
                start(() ->
                        !together.isEmpty()
                                && archive.putNew(common, List.copyOf(together.values())));
        var done = new LinkedHashMap<String, CompletableFuture<Stored>>();
        inTable.forEach((id, stored) ->
                done.put(
                        id,
                        stored.thenCombineAsync(
                                put,
                                (each, isPut) ->
                                        isPut && together.containsKey(id) ? each : archived(each),
                                threads)));
        return done;
    }

    /** Sees to it that a result of the table is in the archive. */
    private Stored archived(Stored stored) {
        if (!stored.isAlone()) {
            if (archive.closed(stored.archived()).contains(stored.result().id())) {
                return stored;
            }
            return archived(results.move(stored, archive.location(stored.result())));
        }
        archive.put(stored);
        return stored;
    }

    private <T> CompletableFuture<T> start(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, threads);
    }

    private static Optional<Stored> ended(CompletableFuture<Stored> each) {
        try {
            return Optional.of(each.join());
        } catch (CompletionException _) {
            // Whoever waits for it learns it.
            return Optional.empty();
        }
    }
}
