package io.millrace.stateslanguage.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * States that lead to one another: a whole machine's, a branch's, or an item processor's.
 *
 * @param states by name, in the definition's order; every transition leads to one of them
 */
public record StateGraph(String startAt, Map<String, State> states) {

    public StateGraph {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
        if (!states.containsKey(startAt)) {
            throw new IllegalArgumentException(
                    "StartAt names '%s', which is none of %s".formatted(startAt, states.keySet()));
        }
    }

    public State start() {
        return state(startAt);
    }

    /** The state of that name. */
    public State state(String name) {
        var state = states.get(name);
        if (state == null) {
            throw new IllegalArgumentException(
                    "There is no state '%s' among %s".formatted(name, states.keySet()));
        }
        return state;
    }
}
