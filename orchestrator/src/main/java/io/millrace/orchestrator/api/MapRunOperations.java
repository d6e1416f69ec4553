package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Arns.MapRunId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.wakeup.Executions;
import io.millrace.stateslanguage.evaluate.Tolerance;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The operations on map runs. */
final class MapRunOperations {

    private static final String ARN = "mapRunArn";

    private final Executions executions;
    private final Journal journal;
    private final Arns arns;

    MapRunOperations(Executions executions, Journal journal, Arns arns) {
        this.executions = executions;
        this.journal = journal;
        this.arns = arns;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "DescribeMapRun", this::describe,
                "ListMapRuns", this::list,
                "UpdateMapRun", this::update);
    }

    private ObjectNode describe(Request request) {
        var id = id(request);
        var head = journal.read(id.execution()).orElseThrow(() -> unknown(request));
        var mapRun = mapRun(head, id).orElseThrow(() -> unknown(request));
        var answer =
                Json.object()
                        .put(ARN, request.required(ARN))
                        .put("executionArn", arns.execution(head.id()))
                        .put("status", mapRun.status().name());
        MapRunView.addTo(answer, mapRun);
        return answer;
    }

    private ObjectNode list(Request request) {
        var id = request.execution();
        var head =
                journal.read(id)
                        .orElseThrow(() -> ApiError.executionDoesNotExist(arns.execution(id)));
        var answer = Json.object();
        var list = answer.putArray("mapRuns");
        for (var mapRun :
                Page.of(request, head.mapRuns(), mapRun -> Long.toString(mapRun.event()), answer)) {
            var summary =
                    list.addObject()
                            .put("executionArn", arns.execution(id))
                            .put(ARN, arns.mapRun(id, mapRun))
                            .put("stateMachineArn", arns.stateMachine(id.stateMachine()));
            MapRunView.addTimes(summary, mapRun);
        }
        return answer;
    }

    private ObjectNode update(Request request) {
        var id = id(request);
        var width = request.whole("maxConcurrency", Integer.MAX_VALUE);
        var tolerance =
                new Tolerance(
                        request.whole("toleratedFailureCount", Integer.MAX_VALUE),
                        request.decimal("toleratedFailurePercentage", 100));
        var head = journal.read(id.execution()).orElseThrow(() -> unknown(request));
        if (mapRun(head, id).isEmpty()) {
            throw unknown(request);
        }
        var verdict =
                executions.wake(
                        id.execution(),
                        new Signal.MapRunChanged(id.event(), width, Optional.of(tolerance)));
        if (verdict != Verdict.TAKEN) {
            throw ApiError.validation(
                    "The Map Run '%s' has ended and cannot be updated"
                            .formatted(request.required(ARN)));
        }
        return Json.object();
    }

    private MapRunId id(Request request) {
        var arn = request.required(ARN);
        return arns.mapRunId(arn).orElseThrow(() -> ApiError.invalidArn(arn));
    }

    private static Optional<MapRun> mapRun(Head head, MapRunId id) {
        return head.mapRun(id.event()).filter(mapRun -> mapRun.label().equals(id.label()));
    }

    private static ApiError unknown(Request request) {
        return ApiError.resourceNotFound(request.required(ARN));
    }
}
