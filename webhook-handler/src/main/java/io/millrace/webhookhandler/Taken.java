package io.millrace.webhookhandler;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.millrace.events.EventIds;
import java.time.Duration;
import java.util.Optional;

/**
 * What this process has queued lately. It spares the queue a webhook that is sent again; that a
 * webhook which another process took starts nothing new is the execution's name's to see to.
 */
final class Taken {

    private static final int MOST = 100_000;

    private final Cache<String, String> bodies;

    /**
     * @param tolerance as long before and after now a webhook may be signed
     */
    Taken(Duration tolerance, Ticker ticker) {
        this.bodies =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterWrite(tolerance.multipliedBy(2))
                        .ticker(ticker)
                        .build();
    }

    /** Whether it was taken with this body or with another one; empty if it was not. */
    Optional<Boolean> withBody(String eventId, String body) {
        return Optional.ofNullable(bodies.getIfPresent(eventId))
                .map(known -> known.equals(EventIds.hash(body)));
    }

    void took(String eventId, String body) {
        bodies.put(eventId, EventIds.hash(body));
    }
}
