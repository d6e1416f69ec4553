package io.millrace.transformload.result;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets results of one partition that come at about the same time share an object. Whoever brings
 * the first waits for others and stores all; each learns what became of its own.
 */
public final class Gathering {

    private final Storage storage;
    private final Duration linger;
    private final int most;
    private final Map<String, Group> open = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * @param linger how long the first waits; zero if each result has an object of its own
     * @param most how many share an object
     */
    public Gathering(Storage storage, Duration linger, int most) {
        this.storage = storage;
        this.linger = linger;
        this.most = most;
    }

    private record Member(Result result, CompletableFuture<Stored> stored) {}

    private record Group(Map<String, Member> members, CountDownLatch full) {}

    private record Place(Group group, boolean first, CompletableFuture<Stored> stored) {}

    /** Stores a result; it is in the table and in the archive then. */
    public Stored store(Result result) {
        if (linger.isZero()) {
            return storage.store(result);
        }
        var place = join(result);
        if (place.first()) {
            awaitOthers(place.group());
            storeAll(result.partition(), place.group());
        }
        try {
            return place.stored().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : e;
        }
    }

    private Place join(Result result) {
        lock.lock();
        try {
            var first = !open.containsKey(result.partition());
            var group =
                    open.computeIfAbsent(
                            result.partition(),
                            _ -> new Group(new LinkedHashMap<>(), new CountDownLatch(1)));
            // A message that is there twice at once brings one result.
            var member =
                    group.members()
                            .computeIfAbsent(
                                    result.id(),
                                    _ -> new Member(result, new CompletableFuture<>()));
            if (group.members().size() == most) {
                open.remove(result.partition());
                group.full().countDown();
            }
            return new Place(group, first, member.stored());
        } finally {
            lock.unlock();
        }
    }

    private void awaitOthers(Group group) {
        try {
            var _ = group.full().await(linger.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            // Others have joined already and wait for this one.
            Thread.currentThread().interrupt();
        }
    }

    private void storeAll(String partition, Group group) {
        lock.lock();
        try {
            open.remove(partition, group);
        } finally {
            lock.unlock();
        }
        try {
            var results = group.members().values().stream().map(Member::result).toList();
            var stored = storage.store(results);
            group.members().forEach((id, member) -> tell(member, stored.get(id)));
        } catch (RuntimeException e) {
            group.members().values().forEach(each -> each.stored().completeExceptionally(e));
            throw e;
        }
    }

    private static void tell(Member member, @Nullable CompletableFuture<Stored> stored) {
        var _ =
                Objects.requireNonNull(stored)
                        .whenComplete((each, failure) -> {
                            if (failure == null) {
                                member.stored().complete(each);
                            } else {
                                member.stored().completeExceptionally(failure);
                            }
                        });
    }
}
