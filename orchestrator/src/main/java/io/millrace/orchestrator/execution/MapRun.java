package io.millrace.orchestrator.execution;

import io.millrace.stateslanguage.evaluate.Tolerance;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a distributed Map state does: each item, or batch of items, is an execution of its own (Step
 * Functions, "Using Map state in Distributed mode").
 *
 * @param event the id of the event by which it started
 * @param label what its children's state machine is called after
 * @param width how many children may run at once
 * @param items the items, if they are not read from elsewhere
 * @param begun how many children have begun
 * @param position how many items those have
 * @param exhausted whether there are no more items
 * @param beginning whether children are being begun right now
 * @param endedBelow all children of a lower index have ended
 * @param endedAbove those of a higher index that have
 * @param ends how they have
 * @param again that it was redriven
 */
public record MapRun(
        long event,
        String label,
        Status status,
        Instant startedAt,
        Optional<Instant> endedAt,
        int width,
        Tolerance tolerance,
        Optional<Datum> items,
        Optional<Service> reader,
        Optional<Batches> batches,
        Optional<Service> writer,
        int begun,
        long position,
        boolean exhausted,
        boolean beginning,
        int endedBelow,
        SortedSet<Integer> endedAbove,
        Ends ends,
        Optional<Again> again) {

    public MapRun {
        endedAbove = new TreeSet<>(endedAbove);
    }

    /** A call that reads items or writes results. */
    public record Service(String resource, Datum configuration, Datum arguments) {}

    /** How items are bundled. */
    public record Batches(
            Optional<Integer> maxItems, Optional<Integer> maxBytes, Optional<Datum> input) {}

    /**
     * That a map run goes through its children once more.
     *
     * @param count how often it did
     * @param at when it did for the last time
     * @param below children of a lower index were begun in an earlier attempt
     */
    public record Again(int count, Instant at, int below) {}

    static MapRun of(
            long event,
            String label,
            Instant now,
            int width,
            Tolerance tolerance,
            Optional<Datum> items,
            Optional<Service> reader,
            Optional<Batches> batches,
            Optional<Service> writer) {
        return new MapRun(
                event,
                label,
                Status.RUNNING,
                now,
                Optional.empty(),
                width,
                tolerance,
                items,
                reader,
                batches,
                writer,
                0,
                0,
                false,
                true,
                0,
                new TreeSet<>(),
                Ends.NONE,
                Optional.empty());
    }

    private int ended() {
        return endedBelow + endedAbove.size();
    }

    /** How many more may run now. */
    public int room() {
        return Math.max(0, width - underWay());
    }

    boolean hasEnded(int index) {
        return index < endedBelow || endedAbove.contains(index);
    }

    boolean wantsMore() {
        return (!exhausted || begun < before()) && !beginning && room() > 0;
    }

    boolean done() {
        return exhausted && begun >= before() && !beginning && ended() >= begun;
    }

    /** How often it was redriven. */
    public int redriveCount() {
        return again.map(Again::count).orElse(0);
    }

    /** How many children have begun before it was redriven. */
    public int before() {
        return again.map(Again::below).orElse(0);
    }

    /** How many children have begun, in any attempt. */
    public int begunEver() {
        return Math.max(begun, before());
    }

    /** Whether more items have failed than the state bears. */
    boolean isBeyondTolerance() {
        // Of how many an item is one is known when all have been read.
        var failed = ends.failedItems();
        return failed > 0 && tolerance.isExceeded(failed, exhausted ? position : Long.MAX_VALUE);
    }

    MapRun beginningMore() {
        return with(begun, position, exhausted, true);
    }

    MapRun begun(int children, long items, boolean noMore) {
        return with(Math.max(begun, children), Math.max(position, items), noMore, false);
    }

    private MapRun with(int children, long at, boolean noMore, boolean going) {
        return new MapRun(
                event,
                label,
                status,
                startedAt,
                endedAt,
                width,
                tolerance,
                items,
                reader,
                batches,
                writer,
                children,
                at,
                noMore,
                going,
                endedBelow,
                endedAbove,
                ends,
                again);
    }

    MapRun childEnded(int index, Ends all) {
        var above = new TreeSet<>(endedAbove);
        above.add(index);
        var below = endedBelow;
        while (above.remove(below)) {
            below++;
        }
        return new MapRun(
                event, label, status, startedAt, endedAt, width, tolerance, items, reader, batches,
                writer, begun, position, exhausted, beginning, below, above, all, again);
    }

    /** How many children have begun and not ended. */
    public int underWay() {
        return Math.max(0, begun - ended());
    }

    MapRun changed(Optional<Integer> newWidth, Tolerance newTolerance) {
        return new MapRun(
                event,
                label,
                status,
                startedAt,
                endedAt,
                newWidth.orElse(width),
                newTolerance,
                items,
                reader,
                batches,
                writer,
                begun,
                position,
                exhausted,
                beginning,
                endedBelow,
                endedAbove,
                ends,
                again);
    }

    MapRun ended(Status how, Instant when) {
        return new MapRun(
                event,
                label,
                how,
                startedAt,
                Optional.of(when),
                width,
                tolerance,
                how == Status.SUCCEEDED ? Optional.empty() : items,
                reader,
                batches,
                writer,
                begun,
                position,
                exhausted,
                false,
                endedBelow,
                endedAbove,
                ends,
                again);
    }

    /** Goes through all children again: those that have succeeded stay as they are. */
    MapRun redriven(Instant now) {
        return new MapRun(
                event,
                label,
                Status.RUNNING,
                startedAt,
                Optional.empty(),
                width,
                tolerance,
                items,
                reader,
                batches,
                writer,
                0,
                position,
                exhausted,
                true,
                0,
                new TreeSet<>(),
                Ends.NONE,
                Optional.of(new Again(redriveCount() + 1, now, begunEver())));
    }
}
