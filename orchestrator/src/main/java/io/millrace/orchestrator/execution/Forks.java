package io.millrace.orchestrator.execution;

import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.evaluate.Iterations;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.scope.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Begins branches and iterations, and brings together how they end. */
final class Forks {

    private Forks() {}

    static void branches(Run run, Frame frame, State.Parallel parallel, Datum input) {
        var started = run.event(frame, EventType.PARALLEL_STATE_STARTED, new EventDetails.None());
        var count = parallel.branches().size();
        var fork =
                new Fork(
                        started.lastEvent(), Collections.nCopies(count, input), count, 0, Map.of());
        var parent = run.put(started.waitingFor(new Waiting.Children(fork)));
        beginMore(run, parent, fork, started.lastEvent());
    }

    static void iterations(Run run, Frame frame, State.MapState map, Iterations iterations) {
        var items = iterations.items().stream().map(Datum::of).toList();
        var started =
                run.event(
                        frame,
                        EventType.MAP_STATE_STARTED,
                        new EventDetails.MapStarted(items.size()));
        var width =
                iterations.maxConcurrency() == 0
                        ? Math.max(1, items.size())
                        : iterations.maxConcurrency();
        var fork = new Fork(started.lastEvent(), items, width, 0, Map.of());
        var parent = run.put(started.waitingFor(new Waiting.Children(fork)));
        if (fork.done()) {
            run.tell(parent.id(), new Resume.Joined(fork));
        } else {
            beginMore(run, parent, fork, started.lastEvent());
        }
    }

    /** Begins as many as may run; the events of the new ones follow on the given one. */
    private static void beginMore(Run run, Frame parent, Fork fork, long event) {
        var at = fork;
        while (at.mayBegin()) {
            var index = at.begun();
            at = at.withNextBegun();
            run.put(parent.waitingFor(new Waiting.Children(at)));
            begin(run, parent, at, index, event);
        }
    }

    private static void iteration(
            Run run, Frame parent, State.MapState map, Fork fork, int index, long event) {
        var item = fork.items().get(index);
        var variables = new LinkedHashMap<String, JsonNode>();
        run.variables(parent).forEach((name, datum) -> variables.put(name, datum.node()));
        var scope =
                new Scope(
                        parent.input().node(),
                        ContextObject.ofItem(
                                run,
                                parent,
                                MapItem.of(item.node()).inContext(index, MapItem.STATE_DATA)),
                        variables);
        var input = run.engine().evaluator().iterationInput(map, scope, item.node());
        var begun =
                run.event(
                        event,
                        EventType.MAP_ITERATION_STARTED,
                        new EventDetails.Iteration(map.name(), index));
        begin(
                run,
                Frame.child(
                                parent,
                                fork,
                                index,
                                map.iteration().processor().startAt(),
                                Datum.of(input))
                        .after(begun));
    }

    private static void begin(Run run, Frame child) {
        run.put(child);
        if (!run.atBounds()) {
            run.tell(child.id(), new Resume.Begin());
        }
    }

    /** Begins what was to begin when the execution ended; the rest is told by its own frames. */
    static void redriven(Run run, Frame parent, Fork fork) {
        for (var index = 0; index < fork.begun(); index++) {
            var missing =
                    !fork.results().containsKey(index)
                            && run.find(Frame.childId(parent, fork, index)).isEmpty();
            if (missing) {
                begin(run, parent, fork, index, parent.lastEvent());
            }
        }
        goOn(run, parent, fork, parent.lastEvent());
    }

    private static void begin(Run run, Frame parent, Fork fork, int index, long event) {
        switch (run.state(parent)) {
            case State.Parallel parallel ->
                    begin(
                            run,
                            Frame.child(
                                    parent,
                                    fork,
                                    index,
                                    parallel.branches().get(index).startAt(),
                                    fork.items().get(index)));
            case State.MapState map -> iteration(run, parent, map, fork, index, event);
            case State other ->
                    throw new IllegalStateException(
                            "A %s state has no branches".formatted(other.type()));
        }
    }

    /** A frame has come to the end of its graph. */
    static void succeeded(Run run, Frame frame, Datum output) {
        if (frame.parent().isEmpty()) {
            run.event(
                    frame.lastEvent(),
                    EventType.EXECUTION_SUCCEEDED,
                    new EventDetails.Succeeded(output));
            run.finish(Status.SUCCEEDED, Optional.of(output), Optional.empty());
            return;
        }
        var parent = run.frame(frame.parent().get());
        var fork = fork(parent).withResult(frame.index(), output);
        run.remove(frame.id());
        var last =
                run.state(parent) instanceof State.MapState map
                        ? run.event(
                                frame.lastEvent(),
                                EventType.MAP_ITERATION_SUCCEEDED,
                                new EventDetails.Iteration(map.name(), frame.index()))
                        : frame.lastEvent();
        var told = run.put(parent.after(last).waitingFor(new Waiting.Children(fork)));
        if (fork.done()) {
            run.tell(told.id(), new Resume.Joined(fork));
        } else {
            goOn(run, told, fork, frame.lastEvent());
        }
    }

    private static void goOn(Run run, Frame parent, Fork fork, long event) {
        try {
            beginMore(run, parent, fork, event);
        } catch (EvaluationFailure e) {
            var reason = e.inState(parent.state(), parent.visit().enteredEvent());
            abortWithin(run, parent);
            run.tell(parent.id(), new Resume.ChildFailed(reason));
        }
    }

    /** A frame has an error that nothing in it handles. */
    static void failed(Run run, Frame frame, StateError reason) {
        if (frame.parent().isEmpty()) {
            run.topFailed(frame, reason);
            return;
        }
        var parent = run.frame(frame.parent().get());
        run.remove(frame.id());
        if (run.state(parent) instanceof State.MapState map) {
            run.event(
                    frame.lastEvent(),
                    EventType.MAP_ITERATION_FAILED,
                    new EventDetails.Iteration(map.name(), frame.index()));
        }
        abortWithin(run, parent);
        run.put(parent.after(frame.lastEvent()));
        run.tell(parent.id(), new Resume.ChildFailed(reason));
    }

    private static void abortWithin(Run run, Frame parent) {
        for (var frame : run.frames().reversed()) {
            if (frame.isWithin(parent.id())) {
                abort(run, frame);
            }
        }
    }

    private static void abort(Run run, Frame frame) {
        var last = frame.lastEvent();
        var aborted = Events.aborted(run.state(frame));
        if (aborted.isPresent() && !(frame.waiting() instanceof Waiting.Turn)) {
            last = run.event(last, aborted.get(), new EventDetails.None());
        }
        if (run.state(run.frame(frame.parent().orElseThrow())) instanceof State.MapState map) {
            run.event(
                    last,
                    EventType.MAP_ITERATION_ABORTED,
                    new EventDetails.Iteration(map.name(), frame.index()));
        }
        run.remove(frame.id());
    }

    static JsonNode output(Fork fork) {
        var outputs = JsonNodeFactory.instance.arrayNode(fork.items().size());
        fork.inOrder().forEach(datum -> outputs.add(datum.node()));
        return outputs;
    }

    private static Fork fork(Frame frame) {
        if (!(frame.waiting() instanceof Waiting.Children(var fork))) {
            throw new IllegalStateException(frame.state() + " waits for no branches");
        }
        return fork;
    }
}
