package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.express.ExpressExecutions;
import io.millrace.orchestrator.workflow.StateMachine;
import io.millrace.stateslanguage.error.StateError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What can be done with Express workflows: their executions are started, and that is all. */
final class ExpressOperations {

    /**
     * Express executions are billed by 100 ms and 64 MB, begun ones whole (Step Functions,
     * "Pricing").
     */
    private static final long BILLED_MILLIS = 100;

    private static final int BILLED_MEGABYTES = 64;

    private final ExpressExecutions executions;
    private final Targets targets;
    private final Arns arns;

    ExpressOperations(ExpressExecutions executions, Targets targets, Arns arns) {
        this.executions = executions;
        this.targets = targets;
        this.arns = arns;
    }

    Map<String, Operation> operations() {
        return Map.of("StartSyncExecution", this::startSync);
    }

    /** Answers StartExecution. */
    ObjectNode start(StateMachine machine, String name, Datum input, Request request) {
        var id = executions.start(machine, name, input, request.trace());
        var answer = Json.object().put("executionArn", arns.execution(id));
        answer.set("startDate", Json.time(Instant.now()));
        return answer;
    }

    private ObjectNode startSync(Request request) {
        var machine = targets.toStart(request).machine();
        if (machine.type() != StateMachine.Type.EXPRESS) {
            throw ApiError.unsupportedType();
        }
        var name =
                request.text("name").map(Request::validName).orElse(UUID.randomUUID().toString());
        var input = request.json("input", "{}", ApiError::invalidInput);
        var data = !request.text("includedData").equals(Optional.of("METADATA_ONLY"));
        var head = executions.run(machine, name, input, request.trace());
        var answer = ended(head, data);
        answer.put(
                "traceHeader",
                request.text("traceHeader")
                        .orElseGet(() -> TraceHeaders.of(request.trace(), head.startedAt())));
        return answer;
    }

    private ObjectNode ended(Head head, boolean data) {
        var stopped = head.endedAt().orElseThrow();
        var answer =
                Json.object()
                        .put("executionArn", arns.execution(head.id()))
                        .put("stateMachineArn", arns.stateMachine(head.id().stateMachine()))
                        .put("name", head.id().givenName())
                        .put("status", head.status().name());
        answer.set("startDate", Json.time(head.startedAt()));
        answer.set("stopDate", Json.time(stopped));
        datum(answer, "input", head.input(), data);
        head.output().ifPresent(output -> datum(answer, "output", output, data));
        head.failure().ifPresent(failure -> reason(answer, failure.reason()));
        answer.putObject("billingDetails")
                .put("billedMemoryUsedInMB", BILLED_MEGABYTES)
                .put(
                        "billedDurationInMilliseconds",
                        billed(Duration.between(head.startedAt(), stopped)));
        return answer;
    }

    private static void datum(ObjectNode answer, String name, Datum datum, boolean included) {
        if (included) {
            answer.put(name, datum.text());
        }
        answer.putObject(name + "Details").put("included", included);
    }

    private static void reason(ObjectNode answer, StateError reason) {
        reason.error().ifPresent(error -> answer.put("error", error));
        reason.cause().ifPresent(cause -> answer.put("cause", cause));
    }

    private static long billed(Duration took) {
        return Math.max(1, Math.ceilDiv(took.toMillis(), BILLED_MILLIS)) * BILLED_MILLIS;
    }
}
