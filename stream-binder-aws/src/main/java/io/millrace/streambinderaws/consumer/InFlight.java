package io.millrace.streambinderaws.consumer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The messages whose handlers run; keeps them hidden from other consumers meanwhile. */
final class InFlight {

    /** Where a change of visibility is asked for. */
    @FunctionalInterface
    interface Visibility {
        void hide(List<Receipt> receipts, Duration time);
    }

    /**
     * What SQS wants to hear about a received message.
     *
     * @param queueUrl the queue it came from
     * @param handle the handle of this receipt
     */
    record Receipt(String queueUrl, String handle) {}

    private record Held(Instant since, Instant hiddenAt) {}

    private final Map<Receipt, Held> held = new ConcurrentHashMap<>();
    private final Supplier<Duration> visibility;
    private final Duration maxExtension;
    private final InstantSource clock;
    private final Visibility queue;

    /**
     * @param visibility for how long SQS hides a message that it delivers; asked when it matters
     * @param maxExtension for how long a message is kept hidden beyond that
     */
    InFlight(
            Supplier<Duration> visibility,
            Duration maxExtension,
            InstantSource clock,
            Visibility queue) {
        this.visibility = visibility;
        this.maxExtension = maxExtension;
        this.clock = clock;
        this.queue = queue;
    }

    void begin(Collection<Receipt> receipts) {
        var now = clock.instant();
        receipts.forEach(receipt -> held.put(receipt, new Held(now, now)));
    }

    void end(Collection<Receipt> receipts) {
        receipts.forEach(held::remove);
    }

    int size() {
        return held.size();
    }

    /** Hides for longer what would become visible before half of its time is over once more. */
    void extend() {
        if (held.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var hidden = visibility.get();
        var soon = now.plus(hidden.dividedBy(2));
        var due = new ArrayList<Receipt>();
        held.forEach((receipt, message) -> {
            var hiddenUntil = message.hiddenAt().plus(hidden);
            var limit = message.since().plus(hidden).plus(maxExtension);
            if (!hiddenUntil.isAfter(soon) && now.plus(hidden).isBefore(limit)) {
                due.add(receipt);
            }
        });
        due.forEach(receipt ->
                held.computeIfPresent(receipt, (_, message) -> new Held(message.since(), now)));
        if (!due.isEmpty()) {
            queue.hide(due, hidden);
        }
    }

    /** Lets others have at once what is still held here. */
    void giveBack() {
        var rest = List.copyOf(held.keySet());
        end(rest);
        if (!rest.isEmpty()) {
            queue.hide(rest, Duration.ZERO);
        }
    }
}
