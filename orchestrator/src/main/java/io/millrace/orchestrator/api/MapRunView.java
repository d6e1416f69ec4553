package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Bounds;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.Status;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ObjectNode;

/** Shows map runs as DescribeMapRun does. */
final class MapRunView {

    private MapRunView() {}

    static void addTo(ObjectNode view, MapRun mapRun) {
        addTimes(view, mapRun);
        view.put("maxConcurrency", width(mapRun))
                .put("toleratedFailureCount", mapRun.tolerance().count().orElse(0))
                .put("toleratedFailurePercentage", mapRun.tolerance().percentage().orElse(0.0))
                .put("redriveCount", mapRun.redriveCount());
        mapRun.again().ifPresent(again -> view.set("redriveDate", Json.time(again.at())));
        var ends = mapRun.ends();
        counts(
                view.putObject("executionCounts"),
                mapRun,
                ends::children,
                ends.refused(),
                mapRun.underWay(),
                mapRun.batches().isPresent() ? 0 : waitingItems(mapRun),
                mapRun.begunEver() - mapRun.begun());
        var begunItems = mapRun.position();
        var endedItems = ends.items().values().stream().mapToLong(Long::longValue).sum();
        counts(
                view.putObject("itemCounts"),
                mapRun,
                ends::items,
                ends.refusedItems(),
                mapRun.begun() < mapRun.before() ? 0 : Math.max(0, begunItems - endedItems),
                waitingItems(mapRun),
                mapRun.begun() < mapRun.before() ? Math.max(0, begunItems - endedItems) : 0);
    }

    static void addTimes(ObjectNode view, MapRun mapRun) {
        view.set("startDate", Json.time(mapRun.startedAt()));
        mapRun.endedAt().ifPresent(at -> view.set("stopDate", Json.time(at)));
    }

    /** As AWS has it, 0 for no bound but the service's own. */
    private static int width(MapRun mapRun) {
        return mapRun.width() >= Bounds.DEFAULT.children() ? 0 : mapRun.width();
    }

    /** Items that are known and have no child yet; how many a reader has left, nobody knows. */
    private static long waitingItems(MapRun mapRun) {
        return mapRun.items()
                .filter(_ -> !mapRun.exhausted())
                .map(Datum::node)
                .map(items -> items.size() - mapRun.position())
                .orElse(0L);
    }

    /**
     * @param open that have begun and not ended: they run, or were stopped with the map run
     */
    private static void counts(
            ObjectNode view,
            MapRun mapRun,
            ToLongFunction<Status> ended,
            long refused,
            long open,
            long pending,
            long pendingRedrive) {
        var runs = mapRun.status() == Status.RUNNING;
        var succeeded = ended.applyAsLong(Status.SUCCEEDED);
        var failed = ended.applyAsLong(Status.FAILED);
        var timedOut = ended.applyAsLong(Status.TIMED_OUT);
        var aborted = ended.applyAsLong(Status.ABORTED) + (runs ? 0 : open);
        var written = mapRun.writer().isPresent() && mapRun.status() == Status.SUCCEEDED;
        view.put("pending", runs ? pending : 0)
                .put("running", runs ? open : 0)
                .put("succeeded", succeeded)
                .put("failed", failed)
                .put("timedOut", timedOut)
                .put("aborted", aborted)
                .put(
                        "total",
                        succeeded
                                + failed
                                + timedOut
                                + aborted
                                + (runs ? open + pending : 0)
                                + pendingRedrive)
                .put("resultsWritten", written ? succeeded + failed + timedOut + aborted : 0)
                .put("failuresNotRedrivable", refused)
                .put("pendingRedrive", pendingRedrive);
    }
}
