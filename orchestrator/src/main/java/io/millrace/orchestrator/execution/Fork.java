package io.millrace.orchestrator.execution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Branches or iterations of which some run, some have ended and some have yet to begin.
 *
 * @param startedEvent the id of the event that says the state has started
 * @param items what each is about: a Map's items, or a Parallel's input, once per branch
 * @param width how many may run at once
 * @param begun how many have begun: they begin in order
 * @param results the outputs of those that have ended, by index
 */
public record Fork(
        long startedEvent, List<Datum> items, int width, int begun, Map<Integer, Datum> results) {

    public Fork {
        items = List.copyOf(items);
        results = Collections.unmodifiableMap(new TreeMap<>(results));
    }

    Fork withResult(int index, Datum output) {
        var more = new TreeMap<>(results);
        more.put(index, output);
        return new Fork(startedEvent, items, width, begun, more);
    }

    Fork withNextBegun() {
        return new Fork(startedEvent, items, width, begun + 1, results);
    }

    boolean mayBegin() {
        return begun < items.size() && begun - results.size() < width;
    }

    boolean done() {
        return results.size() == items.size();
    }

    /** The outputs in the order of the branches or items. */
    List<Datum> inOrder() {
        return new ArrayList<>(results.values());
    }
}
