package io.millrace.orchestrator.execution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A position of an execution in one of its definition's graphs.
 *
 * @param id unique within the execution and never used again
 * @param parent the frame whose Parallel or Map state this one belongs to; none for the top level
 * @param index which branch or iteration of that state it is
 * @param state the state it stands in, or is about to enter
 * @param input that state's raw input
 * @param variables the variables of its own scope, by name
 * @param lastEvent the id of its latest event
 */
public record Frame(
        String id,
        Optional<String> parent,
        int index,
        String state,
        Datum input,
        Map<String, Datum> variables,
        long lastEvent,
        Visit visit,
        Waiting waiting) {

    /** The id of the top level. */
    public static final String TOP = "0";

    public Frame {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    static Frame top(String startAt, Datum input) {
        return new Frame(
                TOP,
                Optional.empty(),
                0,
                startAt,
                input,
                Map.of(),
                0,
                Visit.NONE,
                new Waiting.Turn());
    }

    static Frame child(Frame parent, Fork fork, int index, String startAt, Datum input) {
        return new Frame(
                childId(parent, fork, index),
                Optional.of(parent.id),
                index,
                startAt,
                input,
                Map.of(),
                fork.startedEvent(),
                Visit.NONE,
                new Waiting.Turn());
    }

    static String childId(Frame parent, Fork fork, int index) {
        return "%s/%d.%d".formatted(parent.id, fork.startedEvent(), index);
    }

    boolean isWithin(String ancestor) {
        return id.startsWith(ancestor + "/");
    }

    Frame after(long event) {
        return new Frame(id, parent, index, state, input, variables, event, visit, waiting);
    }

    Frame in(Visit stay) {
        return new Frame(id, parent, index, state, input, variables, lastEvent, stay, waiting);
    }

    Frame waitingFor(Waiting wait) {
        return new Frame(id, parent, index, state, input, variables, lastEvent, visit, wait);
    }

    Frame with(Map<String, Datum> assigned) {
        if (assigned.isEmpty()) {
            return this;
        }
        var all = new LinkedHashMap<>(variables);
        all.putAll(assigned);
        return new Frame(id, parent, index, state, input, all, lastEvent, visit, waiting);
    }

    Frame at(String next, Datum itsInput) {
        return new Frame(
                id,
                parent,
                index,
                next,
                itsInput,
                variables,
                lastEvent,
                Visit.NONE,
                new Waiting.Turn());
    }
}
