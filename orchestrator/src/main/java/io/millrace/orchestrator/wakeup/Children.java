package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.ChildOf;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Definition;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.error.StateError;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Begins the children of map runs, stops them, and brings their results together. A child's name
 * follows from its place, so that beginning it twice begins it once.
 */
final class Children {

    /** As many begin before the execution that they belong to is told. */
    private static final int PAGE = 100;

    private static final TaskOutcome DONE = new TaskOutcome.Done(Datum.ofText("{}"));

    private final WakeUps wakeUps;
    private final Journal journal;
    private final Engine engine;
    private final Function<String, Definition> definitions;
    private final MapRunData data;
    private final int shards;
    private final Cursors cursors;

    Children(
            WakeUps wakeUps,
            Journal journal,
            Engine engine,
            Function<String, Definition> definitions,
            MapRunData data,
            int shards) {
        this.wakeUps = wakeUps;
        this.journal = journal;
        this.engine = engine;
        this.definitions = definitions;
        this.data = data;
        this.shards = shards;
        this.cursors = new Cursors(data);
    }

    /** Does what an execution and its children want of each other. */
    void send(Head head, Effect.Among effect) {
        switch (effect) {
            case Effect.BeginChildren begin -> wakeUps.tell(head.id(), begin(head, begin));
            case Effect.CollectResults collect ->
                    wakeUps.tell(head.id(), new Signal.Called(effect.id(), collect(head, collect)));
            case Effect.StopChildren stop -> {
                var mapRun = head.mapRun(stop.mapRun()).orElseThrow();
                stop(head, mapRun, IntStream.range(0, mapRun.begun() + PAGE));
                wakeUps.tell(head.id(), new Signal.Called(effect.id(), DONE));
            }
            case Effect.TellParent _ -> head.parent().ifPresent(place -> tell(head, effect, place));
        }
    }

    /** The child keeps its news until the parent has committed it. */
    private void tell(Head child, Effect effect, ChildOf place) {
        var ended =
                new Signal.ChildEnded(
                        place.mapRun(),
                        place.index(),
                        place.items(),
                        child.status() == Status.SUCCEEDED);
        var _ =
                wakeUps.deliver(place.execution(), ended)
                        .thenAccept(_ ->
                                wakeUps.tell(child.id(), new Signal.Called(effect.id(), DONE)));
    }

    private Signal begin(Head head, Effect.BeginChildren effect) {
        var mapRun = head.mapRun(effect.mapRun()).orElseThrow();
        if (mapRun.status() != Status.RUNNING) {
            return new Signal.Called(effect.id(), DONE);
        }
        var definition = definitions.apply(head.revision());
        try {
            var key = engine.arns().mapRun(head.id(), mapRun);
            var cursor = cursors.take(key, mapRun);
            var index = mapRun.begun();
            var last = index + Math.min(PAGE, Math.max(1, mapRun.room()));
            while (index < last && cursor.hasNext()) {
                begin(head, definition, mapRun, cursor, index++);
            }
            cursors.keep(key, cursor);
            stopIfOver(head, mapRun, index);
            return new Signal.ChildrenBegun(
                    effect.id(), index, cursor.position(), !cursor.hasNext());
        } catch (EvaluationFailure e) {
            return new Signal.Called(effect.id(), new TaskOutcome.Failed(reason(e)));
        }
    }

    private void begin(
            Head head, Definition definition, MapRun mapRun, Cursors.Cursor cursor, int index) {
        var first = cursor.position();
        var items = cursor.next();
        wakeUps.start(
                definition.ofRevision(engine.childRevision(definition, head, mapRun)),
                new Engine.Start(
                        ChildOf.id(head.id(), mapRun, index),
                        head.roleArn(),
                        engine.childInput(definition, head, mapRun, items, first),
                        head.trace(),
                        WakeUps.shard(ChildOf.id(head.id(), mapRun, index), shards),
                        Optional.of(new ChildOf(head.id(), mapRun.event(), index, items.size()))));
    }

    /** Whoever ended the map run meanwhile knows nothing of the children that were begun here. */
    private void stopIfOver(Head head, MapRun mapRun, int begun) {
        var over =
                journal.read(head.id())
                        .flatMap(now -> now.mapRun(mapRun.event()))
                        .filter(now -> now.status() == Status.RUNNING)
                        .isEmpty();
        if (over) {
            stop(head, mapRun, IntStream.range(mapRun.begun(), begun));
        }
    }

    private TaskOutcome collect(Head head, Effect.CollectResults effect) {
        var mapRun = head.mapRun(effect.mapRun()).orElseThrow();
        try {
            return new TaskOutcome.Done(
                    mapRun.writer()
                            .map(writer ->
                                    data.write(
                                            writer,
                                            engine.arns().mapRun(head.id(), mapRun),
                                            children(head, mapRun)))
                            .orElseGet(() -> outputs(head, mapRun)));
        } catch (EvaluationFailure e) {
            return new TaskOutcome.Failed(reason(e));
        }
    }

    private Stream<Head> children(Head head, MapRun mapRun) {
        return IntStream.range(0, mapRun.begun())
                .mapToObj(
                        index -> journal.read(ChildOf.id(head.id(), mapRun, index)).orElseThrow());
    }

    private Datum outputs(Head head, MapRun mapRun) {
        var outputs = JsonNodeFactory.instance.arrayNode(mapRun.begun());
        children(head, mapRun)
                .forEach(child ->
                        child.output()
                                .ifPresentOrElse(
                                        output -> outputs.add(output.node()), outputs::addNull));
        return Datum.of(outputs);
    }

    private void stop(Head head, MapRun mapRun, IntStream indexes) {
        var reason = new StateError(Optional.empty(), Optional.empty());
        indexes.mapToObj(index -> ChildOf.id(head.id(), mapRun, index))
                .filter(id -> journal.read(id).filter(child -> !child.status().ended()).isPresent())
                .forEach(id -> wakeUps.tell(id, new Signal.Stopped(reason)));
    }

    private static StateError reason(EvaluationFailure failure) {
        return StateError.of(failure.error(), failure.detail());
    }
}
