package io.millrace.orchestrator.execution;

import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.evaluate.Distributed;
import io.millrace.stateslanguage.evaluate.Tolerance;
import io.millrace.stateslanguage.model.Distribution;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.scope.Scope;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Decides what the map runs of an execution do; others do it. */
final class MapRuns {

    private MapRuns() {}

    static void start(
            Run run, Frame frame, State.MapState map, Distribution distribution, Scope scope) {
        var evaluator = run.engine().evaluator();
        var items =
                distribution.reader().isPresent()
                        ? Optional.<Datum>empty()
                        : Optional.of(Datum.of(evaluator.collection(map, scope)));
        var started =
                run.event(
                        frame,
                        EventType.MAP_STATE_STARTED,
                        new EventDetails.MapStarted(items.map(all -> all.node().size()).orElse(0)));
        var tolerance = evaluator.tolerance(map, scope);
        var width = evaluator.maxConcurrency(map, scope);
        var distributed = evaluator.distributed(map, scope);
        var event = run.nextEvent();
        var most = run.engine().bounds().children();
        var mapRun =
                MapRun.of(
                        event,
                        distribution.label().orElseGet(() -> label(map)),
                        run.engine().clock().instant(),
                        width(width, most),
                        tolerance,
                        items,
                        distributed.reader().map(MapRuns::service),
                        distributed.batches().map(MapRuns::batches),
                        distributed.writer().map(MapRuns::service));
        var running =
                run.event(
                        started,
                        EventType.MAP_RUN_STARTED,
                        new EventDetails.MapRunStarted(arn(run, mapRun)));
        run.put(running.waitingFor(new Waiting.Distributed(event)));
        run.put(mapRun);
        begin(run, frame.id(), mapRun);
    }

    /** Without a width of its own a map run is as wide as any may be. */
    private static int width(int wanted, int most) {
        return wanted == 0 ? most : Math.min(wanted, most);
    }

    static String arn(Run run, MapRun mapRun) {
        return run.engine().arns().mapRun(run.before().id(), mapRun);
    }

    /** As with AWS, a Map without a label has one that nobody chose. */
    private static String label(State.MapState map) {
        return UUID.nameUUIDFromBytes(map.name().getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static MapRun.Service service(Distributed.Service service) {
        return new MapRun.Service(
                service.resource(),
                Datum.of(service.configuration()),
                Datum.of(service.arguments()));
    }

    private static MapRun.Batches batches(Distributed.Batches batches) {
        return new MapRun.Batches(
                batches.maxItems(), batches.maxBytes(), batches.input().map(Datum::of));
    }

    private static void begin(Run run, String frame, MapRun mapRun) {
        run.send(
                new Effect.BeginChildren(
                        effectId(run, mapRun, Integer.toString(mapRun.begun())),
                        frame,
                        mapRun.event(),
                        run.sendAgainAt()));
    }

    private static String effectId(Run run, MapRun mapRun, String what) {
        var id = Tasks.effectId(run, mapRun.event()) + "/" + what;
        return mapRun.redriveCount() == 0 ? id : id + "/redrive-" + mapRun.redriveCount();
    }

    /** Whether a map run has children that a redrive may go on with. */
    static boolean mayGoOn(Run run, long event) {
        return run.mapRun(event).filter(known -> known.status() != Status.SUCCEEDED).isPresent();
    }

    static void redriven(Run run, Frame frame, long event) {
        var mapRun = run.mapRun(event).orElseThrow().redriven(run.now());
        run.put(mapRun);
        run.event(
                frame,
                EventType.MAP_RUN_REDRIVEN,
                new EventDetails.MapRunRedriven(arn(run, mapRun), mapRun.redriveCount()));
        stopped(run, event);
    }

    /** Children are begun again when nobody stops them any more. */
    static void stopped(Run run, long event) {
        var stopping =
                run.outbox().stream()
                        .anyMatch(effect ->
                                effect instanceof Effect.StopChildren stop
                                        && stop.mapRun() == event);
        var beginning =
                run.outbox().stream()
                        .anyMatch(effect ->
                                effect instanceof Effect.BeginChildren begin
                                        && begin.mapRun() == event);
        if (!stopping && !beginning) {
            run.mapRun(event)
                    .filter(known -> known.status() == Status.RUNNING && known.beginning())
                    .ifPresent(known ->
                            frame(run, event).ifPresent(frame -> begin(run, frame.id(), known)));
        }
    }

    static Verdict childrenBegun(Run run, Signal.ChildrenBegun begun) {
        var sent = run.effect(begun.effect());
        run.accepted(begun.effect());
        if (sent.isPresent()
                && sent.get() instanceof Effect.BeginChildren(_, var frame, var event, _)) {
            run.mapRun(event)
                    .filter(known -> known.status() == Status.RUNNING)
                    .ifPresent(known -> goOn(run, frame, after(known, begun)));
        }
        return Verdict.TAKEN;
    }

    private static MapRun after(MapRun known, Signal.ChildrenBegun begun) {
        var mapRun = known.begun(begun.children(), begun.items(), begun.exhausted());
        for (var child : begun.ended()) {
            if (!mapRun.hasEnded(child.index())) {
                mapRun =
                        mapRun.childEnded(
                                child.index(),
                                mapRun.ends().withEarlier(child.how(), child.items()));
            }
        }
        return mapRun;
    }

    static Verdict childEnded(Run run, Signal.ChildEnded news) {
        var event = news.mapRun();
        var running = run.mapRun(event).filter(known -> known.status() == Status.RUNNING);
        var frame = running.flatMap(_ -> frame(run, event));
        if (frame.isEmpty()) {
            return Verdict.TASK_GONE;
        }
        var mapRun = running.get();
        if (news.how() != Status.SUCCEEDED && news.attempt() < mapRun.redriveCount()) {
            // It will be redriven too, and tell how that ends.
            return Verdict.TASK_GONE;
        }
        if (!mapRun.hasEnded(news.index())) {
            goOn(
                    run,
                    frame.get().id(),
                    mapRun.childEnded(news.index(), mapRun.ends().with(news.how(), news.items())));
        }
        return Verdict.TAKEN;
    }

    static Verdict changed(
            Run run, long event, Optional<Integer> width, Optional<Tolerance> tolerance) {
        var running = run.mapRun(event).filter(known -> known.status() == Status.RUNNING);
        var frame = running.flatMap(_ -> frame(run, event));
        if (frame.isEmpty()) {
            return Verdict.TASK_GONE;
        }
        var mapRun = running.get();
        var most = run.engine().bounds().children();
        goOn(
                run,
                frame.get().id(),
                mapRun.changed(
                        width.map(wanted -> width(wanted, most)),
                        tolerance
                                .map(wanted -> wanted.over(mapRun.tolerance()))
                                .orElse(mapRun.tolerance())));
        return Verdict.TAKEN;
    }

    static ItemBatches.Selector itemSelector(Run run, MapRun mapRun) {
        var frame = frame(run, mapRun.event()).orElseThrow();
        var map = (State.MapState) run.state(frame);
        var variables = new LinkedHashMap<String, JsonNode>();
        run.variables(frame).forEach((name, datum) -> variables.put(name, datum.node()));
        var source = source(mapRun);
        return (item, index) -> {
            var about = item.inContext(Math.toIntExact(index), source);
            var context = ContextObject.ofItem(run, frame, about);
            var scope = new Scope(frame.input().node(), context, variables);
            return run.engine().evaluator().iterationInput(map, scope, item.input());
        };
    }

    static Datum childInput(MapRun mapRun, List<JsonNode> inputs) {
        return Datum.of(
                mapRun.batches()
                        .map(batches -> MapItem.batch(batches.input().map(Datum::node), inputs))
                        .orElseGet(inputs::getFirst));
    }

    /** Where items are from, as the context object tells (developer guide, "Context object"). */
    private static String source(MapRun mapRun) {
        return mapRun.reader()
                .map(reader -> {
                    var arguments = reader.arguments().node();
                    var bucket = "S3://" + arguments.path("Bucket").asString("");
                    return reader.resource().endsWith(":s3:listObjectsV2")
                            ? bucket
                            : bucket + "/" + arguments.path("Key").asString("");
                })
                .orElse(MapItem.STATE_DATA);
    }

    /** The frame that waits for a map run. */
    static Optional<Frame> frame(Run run, long event) {
        return run.frames().stream()
                .filter(frame -> frame.waiting().equals(new Waiting.Distributed(event)))
                .findFirst();
    }

    private static void goOn(Run run, String frame, MapRun mapRun) {
        if (mapRun.isBeyondTolerance()) {
            run.put(mapRun);
            run.tell(
                    frame,
                    new Resume.RunFailed(
                            StateError.of(
                                    ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                                    "The specified tolerated failure threshold was exceeded")));
        } else if (mapRun.done()) {
            run.put(mapRun);
            run.send(
                    new Effect.CollectResults(
                            effectId(run, mapRun, "results"),
                            frame,
                            mapRun.event(),
                            run.sendAgainAt()));
        } else if (mapRun.wantsMore()) {
            run.put(mapRun.beginningMore());
            begin(run, frame, mapRun);
        } else {
            run.put(mapRun);
        }
    }

    /** The map run that a frame waits for is over. */
    static void ended(Run run, Frame frame, Status how) {
        run.mapRun(((Waiting.Distributed) frame.waiting()).mapRun())
                .ifPresent(mapRun -> end(run, mapRun, how));
    }

    /** Nobody waits any more for what a frame waits for. */
    static void abandoned(Run run, Frame frame) {
        if (frame.waiting() instanceof Waiting.Distributed) {
            ended(run, frame, Status.ABORTED);
        }
    }

    private static void end(Run run, MapRun mapRun, Status how) {
        if (mapRun.status() != Status.RUNNING) {
            return;
        }
        run.put(mapRun.ended(how, run.engine().clock().instant()));
        if (how != Status.SUCCEEDED) {
            run.send(
                    new Effect.StopChildren(
                            effectId(run, mapRun, "stop"), mapRun.event(), run.sendAgainAt()));
        }
    }
}
