package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Redrivable;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/** Shows how an execution was redriven, whether it can be, and which map run has begun it. */
final class RedriveView {

    private final Arns arns;
    private final InstantSource clock;

    RedriveView(Arns arns, InstantSource clock) {
        this.arns = arns;
        this.clock = clock;
    }

    /** Adds what ListExecutions shows. */
    void summarize(ObjectNode view, Head head) {
        view.put("redriveCount", head.redrives().count());
        head.redrives().at().ifPresent(at -> view.set("redriveDate", Json.time(at)));
        head.childOf()
                .ifPresent(place ->
                        view.put("mapRunArn", arns.mapRun(head.id(), place))
                                .put("itemCount", place.items()));
    }

    /** Adds what DescribeExecution shows besides. */
    void describe(ObjectNode view, Head head) {
        // Only lists tell how many items a child has.
        view.remove("itemCount");
        var redrivable = Redrivable.of(head, clock.instant());
        view.put("redriveStatus", redrivable.status());
        if (!redrivable.now()) {
            view.put("redriveStatusReason", redrivable.reason());
        }
    }
}
