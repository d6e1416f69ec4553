package io.millrace.errorhandler.deadletters;

import io.millrace.errorhandler.deadletters.Replays.Outcome;
import io.millrace.events.Event;
import io.millrace.events.EventIds;
import io.millrace.events.FailureRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Goes through the dead letters once. Letters are hidden from others meanwhile: two that go through
 * at the same time each see a part.
 */
public final class DeadLetters {

    /**
     * How often the queue may bring nothing new before it counts as read: it is a distributed one.
     */
    private static final int PATIENCE = 3;

    private final DeadLetterQueue queue;
    private final Replays replays;

    public DeadLetters(DeadLetterQueue queue, Replays replays) {
        this.queue = queue;
        this.replays = replays;
    }

    /** A dead letter and what became of it. */
    public record Replayed(DeadLetter letter, Outcome outcome) {}

    /** The letters that fit, at most so many. */
    public List<DeadLetter> list(Filter filter, int most) {
        var found = new ArrayList<DeadLetter>();
        walk(
                filter,
                most,
                letter -> {
                    found.add(letter);
                    return false;
                });
        return found;
    }

    /**
     * Sends the letters that fit again and deletes them; what cannot be sent stays.
     *
     * @param most at most so many
     * @param pace is run before each, and may take its time
     * @param seen is told of each at once
     */
    public List<Replayed> replay(Filter filter, int most, Runnable pace, Consumer<Replayed> seen) {
        var all = new ArrayList<Replayed>();
        walk(
                filter,
                most,
                letter -> {
                    pace.run();
                    var replayed = new Replayed(letter, replay(letter));
                    all.add(replayed);
                    seen.accept(replayed);
                    return replayed.outcome() instanceof Outcome.Sent;
                });
        return all;
    }

    /** Deletes the letters that fit. */
    public List<DeadLetter> drop(Filter filter, int most) {
        var dropped = new ArrayList<DeadLetter>();
        walk(filter, most, dropped::add);
        return dropped;
    }

    private Outcome replay(DeadLetter letter) {
        return letter.record()
                .map(this::replay)
                .orElseGet(() ->
                        new Outcome.Refused("it is no failure record: look at it, and drop it"));
    }

    private Outcome replay(Event<FailureRecord> event) {
        var failure = event.data();
        return failure.executionArn()
                .map(execution ->
                        replays.execution(
                                execution,
                                failure.origin(),
                                "replay-" + EventIds.hash(event.id() + failure.failedAt()),
                                failure.payload(),
                                event.trace()))
                .orElseGet(
                        () -> replays.message(failure.origin(), failure.payload(), event.trace()));
    }

    /**
     * @param done whether a letter is to be deleted
     */
    private void walk(Filter filter, int most, Function<DeadLetter, Boolean> done) {
        var known = new HashSet<String>();
        var kept = new ArrayList<DeadLetter>();
        var left = most;
        try {
            for (var nothing = 0; nothing < PATIENCE && left > 0; ) {
                var received = queue.receive();
                kept.addAll(received);
                var fresh = received.stream().filter(each -> known.add(each.messageId())).toList();
                nothing = fresh.isEmpty() ? nothing + 1 : 0;
                left -= page(fresh.stream().filter(filter::fits).limit(left).toList(), kept, done);
            }
        } finally {
            queue.release(kept);
        }
    }

    /** Deletes what is done even if something fails after it: it would be done again. */
    private int page(
            List<DeadLetter> letters, List<DeadLetter> kept, Function<DeadLetter, Boolean> done) {
        var deleted = new ArrayList<DeadLetter>();
        try {
            for (var letter : letters) {
                if (done.apply(letter)) {
                    deleted.add(letter);
                }
            }
        } finally {
            queue.delete(deleted);
            kept.removeAll(deleted);
        }
        return letters.size();
    }
}
