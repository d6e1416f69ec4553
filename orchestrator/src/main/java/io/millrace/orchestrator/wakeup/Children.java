package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.ChildOf;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Definition;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.ItemBatches;
import io.millrace.orchestrator.execution.JobOf;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.Parent;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.SpanContexts;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.error.StateError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    private final JobRuns jobs;

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
        this.jobs = new JobRuns(wakeUps, journal, engine);
    }

    /** Executions that tasks have begun. */
    JobRuns jobs() {
        return jobs;
    }

    /** Does what an execution and its children want of each other. */
    void send(Head head, Effect.Among effect) {
        switch (effect) {
            case Effect.BeginChildren begin -> begin(head, begin);
            case Effect.CollectResults collect ->
                    wakeUps.tell(head.id(), new Signal.Called(effect.id(), collect(head, collect)));
            case Effect.StopChildren stop -> {
                var mapRun = head.mapRun(stop.mapRun()).orElseThrow();
                var _ =
                        stop(head, mapRun, IntStream.range(0, mapRun.begunEver() + PAGE))
                                .thenAccept(_ ->
                                        wakeUps.tell(
                                                head.id(), new Signal.Called(effect.id(), DONE)));
            }
            case Effect.StopJob stop -> jobs.stop(head, stop);
            case Effect.TellParent _ -> head.parent().ifPresent(place -> tell(head, effect, place));
        }
    }

    /** The child keeps its news until the parent has committed it. */
    private void tell(Head child, Effect effect, Parent parent) {
        var ended =
                switch (parent) {
                    case ChildOf place -> ended(child, place);
                    case JobOf job -> jobs.ended(child, job);
                };
        var _ =
                wakeUps.deliver(parent.execution(), ended)
                        .thenAccept(_ ->
                                wakeUps.tell(child.id(), new Signal.Called(effect.id(), DONE)));
    }

    private static Signal.ChildEnded ended(Head child, ChildOf place) {
        return new Signal.ChildEnded(
                place.mapRun(),
                place.index(),
                place.items(),
                child.status(),
                child.redrives().attempt());
    }

    /** What was found and done while a page of children was gone through. */
    private record Page(
            List<Signal.ChildEnded> succeeded,
            Map<ExecutionId, CompletableFuture<Verdict>> redriven) {
        Page() {
            this(new ArrayList<>(), new LinkedHashMap<>());
        }

        CompletableFuture<Void> done() {
            return CompletableFuture.allOf(redriven.values().toArray(CompletableFuture[]::new));
        }

        /** Those of which no news will come, once the page is done. */
        Stream<ExecutionId> refused() {
            return redriven.entrySet().stream()
                    .filter(child -> child.getValue().join() != Verdict.TAKEN)
                    .map(Map.Entry::getKey);
        }
    }

    private void begin(Head head, Effect.BeginChildren effect) {
        var mapRun = head.mapRun(effect.mapRun()).orElseThrow();
        if (mapRun.status() != Status.RUNNING) {
            wakeUps.tell(head.id(), new Signal.Called(effect.id(), DONE));
            return;
        }
        try {
            var page = new Page();
            var begun = begin(head, mapRun, effect, page);
            // A redrive that is not committed is lost with this process: the page is not done yet.
            var _ =
                    page.done()
                            .thenAccept(_ -> {
                                stopIfOver(head, mapRun, begun.children());
                                wakeUps.tell(head.id(), withRefused(begun, page));
                            });
        } catch (EvaluationFailure e) {
            wakeUps.tell(
                    head.id(), new Signal.Called(effect.id(), new TaskOutcome.Failed(reason(e))));
        }
    }

    /** A child that cannot be redriven stays as it is. */
    private Signal withRefused(Signal.ChildrenBegun begun, Page page) {
        var ended = new ArrayList<>(begun.ended());
        page.refused()
                .flatMap(id -> journal.read(id).stream())
                .map(child -> ended(child, child.childOf().orElseThrow()))
                .forEach(ended::add);
        return new Signal.ChildrenBegun(
                begun.effect(), begun.children(), begun.items(), begun.exhausted(), ended);
    }

    private Signal.ChildrenBegun begin(
            Head head, MapRun mapRun, Effect.BeginChildren effect, Page page) {
        var definition = definitions.apply(head.revision());
        var key = engine.arns().mapRun(head.id(), mapRun);
        var cursor =
                mapRun.exhausted()
                        ? Optional.<ItemBatches>empty()
                        : Optional.of(cursors.take(key, mapRun));
        var index = mapRun.begun();
        var room = Math.max(1, mapRun.room());
        var trace = SpanContexts.state(head, effect.frame());
        while (index < mapRun.begun() + PAGE && room > 0) {
            Optional<Head> before;
            if (index < mapRun.before()) {
                before = journal.read(ChildOf.id(head.id(), mapRun, index));
            } else if (cursor.filter(ItemBatches::hasNext).isPresent()) {
                before = begin(head, definition, mapRun, trace, cursor.get(), index);
            } else {
                break;
            }
            index++;
            room -= before.filter(child -> isDone(child, mapRun, page)).isPresent() ? 0 : 1;
        }
        cursor.ifPresent(at -> cursors.keep(key, at));
        return new Signal.ChildrenBegun(
                effect.id(),
                index,
                cursor.map(ItemBatches::position).orElse(mapRun.position()),
                cursor.filter(ItemBatches::hasNext).isEmpty(),
                page.succeeded());
    }

    /** Whether a child that was there before has succeeded; if not, it is redriven with its run. */
    private boolean isDone(Head child, MapRun mapRun, Page page) {
        if (child.status() == Status.SUCCEEDED) {
            page.succeeded().add(ended(child, child.childOf().orElseThrow()));
            return true;
        }
        if (child.redrives().attempt() < mapRun.redriveCount()) {
            var redriven = new Signal.Redriven(Optional.empty(), mapRun.redriveCount());
            page.redriven().put(child.id(), wakeUps.deliver(child.id(), redriven));
        }
        return false;
    }

    /** Begins a child, unless it was there before. */
    private Optional<Head> begin(
            Head head,
            Definition definition,
            MapRun mapRun,
            Optional<String> trace,
            ItemBatches cursor,
            int index) {
        var inputs = cursor.next(engine.itemSelector(definition, head, mapRun));
        var id = ChildOf.id(head.id(), mapRun, index);
        var started =
                wakeUps.start(
                        definition.ofRevision(engine.childRevision(definition, head, mapRun)),
                        new Engine.Start(
                                id,
                                head.roleArn(),
                                engine.childInput(mapRun, inputs),
                                trace,
                                WakeUps.shard(id, shards),
                                Optional.of(
                                        new ChildOf(
                                                head.id(), mapRun.event(), index, inputs.size())),
                                mapRun.redriveCount(),
                                Optional.empty()));
        return switch (started) {
            case WakeUps.Started.Anew _ -> Optional.empty();
            case WakeUps.Started.Before(var child) -> Optional.of(child);
        };
    }

    /** Whoever ended the map run meanwhile knows nothing of the children that were begun here. */
    private void stopIfOver(Head head, MapRun mapRun, int begun) {
        var over =
                journal.read(head.id())
                        .flatMap(now -> now.mapRun(mapRun.event()))
                        .filter(now -> now.status() == Status.RUNNING)
                        .isEmpty();
        if (over) {
            var _ = stop(head, mapRun, IntStream.range(mapRun.begun(), begun));
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

    private CompletableFuture<Void> stop(Head head, MapRun mapRun, IntStream indexes) {
        var reason = new StateError(Optional.empty(), Optional.empty());
        return CompletableFuture.allOf(
                indexes.mapToObj(index -> ChildOf.id(head.id(), mapRun, index))
                        .filter(id ->
                                journal.read(id)
                                        .filter(child -> !child.status().ended())
                                        .isPresent())
                        .map(id -> wakeUps.deliver(id, new Signal.Stopped(reason)))
                        .toArray(CompletableFuture[]::new));
    }

    private static StateError reason(EvaluationFailure failure) {
        return StateError.of(failure.error(), failure.detail());
    }
}
