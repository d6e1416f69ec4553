package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Arns.MapRunId;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Definition;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Failure;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.JobOf;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.journal.HistoryRange;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.journal.Journal.Position;
import io.millrace.orchestrator.journal.Journal.Query;
import io.millrace.orchestrator.wakeup.Executions;
import io.millrace.orchestrator.wakeup.WakeUps.Started;
import io.millrace.orchestrator.workflow.StateMachine;
import io.millrace.orchestrator.workflow.StateMachines;
import io.millrace.stateslanguage.error.StateError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The operations on executions. */
final class ExecutionOperations {

    private final Executions executions;
    private final ExpressOperations express;
    private final Targets targets;
    private final StateMachines machines;
    private final Journal journal;
    private final Arns arns;

    /** A page of a history ends with the event that makes it larger. */
    private static final long PAGE_BYTES = 16 * 1024 * 1024;

    private final RedriveView redrives;
    private final int mostBytes;
    private final HistoryView history = new HistoryView();

    /**
     * @param mostBytes of an input
     */
    ExecutionOperations(
            Executions executions,
            ExpressOperations express,
            Targets targets,
            StateMachines machines,
            Journal journal,
            Arns arns,
            RedriveView redrives,
            int mostBytes) {
        this.mostBytes = mostBytes;
        this.redrives = redrives;
        this.executions = executions;
        this.express = express;
        this.targets = targets;
        this.machines = machines;
        this.journal = journal;
        this.arns = arns;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "StartExecution", this::start,
                "DescribeExecution", this::describe,
                "DescribeStateMachineForExecution", this::describeStateMachine,
                "GetExecutionHistory", this::getHistory,
                "ListExecutions", this::list,
                "StopExecution", this::stop);
    }

    private ObjectNode start(Request request) {
        var target = targets.toStart(request);
        var machine = target.machine();
        var name =
                request.text("name")
                        .map(Request::validName)
                        .or(() -> request.task().map(JobOf::name))
                        .orElseGet(() -> UUID.randomUUID().toString());
        var input = request.json("input", "{}", mostBytes, ApiError::invalidInput);
        if (machine.type() == StateMachine.Type.EXPRESS) {
            if (request.task().filter(JobOf::awaited).isPresent()) {
                throw ApiError.unsupportedType();
            }
            return express.start(machine, name, input, request);
        }
        var started =
                executions.start(
                        machine, target.released(), name, input, request.trace(), request.task());
        return switch (started) {
            case Started.Anew(var head) -> started(head);
            case Started.Before(var head) when isSame(head, input) || isOf(head, request) ->
                    started(head);
            case Started.Before(var head) ->
                    throw ApiError.executionAlreadyExists(arns.execution(head.id()));
        };
    }

    /** A name may be used again for the same input while its execution runs. */
    private static boolean isSame(Head head, Datum input) {
        return head.status() == Status.RUNNING && head.input().node().equals(input.node());
    }

    /** A task that has begun an execution and asks again, for it has no answer yet. */
    private static boolean isOf(Head head, Request request) {
        return request.task().isPresent() && head.jobOf().equals(request.task());
    }

    private ObjectNode started(Head head) {
        var answer = Json.object().put("executionArn", arns.execution(head.id()));
        answer.set("startDate", Json.time(head.startedAt()));
        return answer;
    }

    private ObjectNode describe(Request request) {
        var head = head(request);
        var answer = summary(head);
        answer.put("input", head.input().text());
        answer.putObject("inputDetails").put("included", true);
        head.output()
                .ifPresent(output -> {
                    answer.put("output", output.text());
                    answer.putObject("outputDetails").put("included", true);
                });
        var reason = head.failure().map(Failure::reason);
        reason.flatMap(StateError::error).ifPresent(error -> answer.put("error", error));
        reason.flatMap(StateError::cause).ifPresent(cause -> answer.put("cause", cause));
        head.trace()
                .ifPresent(_ ->
                        answer.put("traceHeader", TraceHeaders.of(head.trace(), head.startedAt())));
        redrives.describe(answer, head);
        return answer;
    }

    private Head head(Request request) {
        return journal.read(request.execution())
                .orElseThrow(
                        () -> ApiError.executionDoesNotExist(request.required("executionArn")));
    }

    private ObjectNode summary(Head head) {
        var summary =
                Json.object()
                        .put("executionArn", arns.execution(head.id()))
                        .put("stateMachineArn", arns.stateMachine(head.id().stateMachine()))
                        .put("name", head.id().name())
                        .put("status", head.status().name());
        summary.set("startDate", Json.time(head.startedAt()));
        head.endedAt().ifPresent(at -> summary.set("stopDate", Json.time(at)));
        arns.version(head).ifPresent(arn -> summary.put("stateMachineVersionArn", arn));
        arns.alias(head).ifPresent(arn -> summary.put("stateMachineAliasArn", arn));
        redrives.summarize(summary, head);
        return summary;
    }

    private ObjectNode describeStateMachine(Request request) {
        var head = head(request);
        var answer =
                Json.object()
                        .put("stateMachineArn", arns.stateMachine(head.id().stateMachine()))
                        .put("name", head.id().stateMachine())
                        .put(
                                "definition",
                                StateMachineOperations.includedDefinition(
                                        request, definition(head)))
                        .put("roleArn", head.roleArn());
        answer.set("updateDate", Json.time(head.startedAt()));
        targets.of(head)
                .ifPresent(machine -> {
                    machine.revisionId(Definition.root(head.revision()), head.roleArn())
                            .ifPresent(id -> answer.put("revisionId", id));
                    StateMachineOperations.configured(answer, machine);
                });
        head.childOf()
                .ifPresent(place ->
                        answer.put("mapRunArn", arns.mapRun(head.id(), place))
                                .put("label", label(head.id())));
        return answer;
    }

    /** A child of a map run follows the processor of its Map state. */
    private String definition(Head head) {
        var text = machines.text(head.revision());
        return Definition.mapState(head.revision())
                .flatMap(state -> Processors.find(text, state))
                .orElse(text);
    }

    private static String label(ExecutionId child) {
        return child.stateMachine().substring(child.stateMachine().indexOf('/') + 1);
    }

    private ObjectNode getHistory(Request request) {
        var head = head(request);
        var most = request.maxResults(1000);
        var reverse = request.flag("reverseOrder", false);
        var count = head.nextEvent() - 1;
        var first =
                request.text("nextToken")
                        .map(StateMachineOperations::decode)
                        .map(ExecutionOperations::number)
                        .orElse(reverse ? count : 1L);
        var from = reverse ? Math.max(1, first - most + 1) : first;
        var to = reverse ? first : Math.min(count, first + most - 1);
        var events = new ArrayList<>(HistoryRange.read(journal, head, from, to));
        if (reverse) {
            Collections.reverse(events);
        }
        var answer = Json.object();
        var list = answer.putArray("events");
        var data = request.flag("includeExecutionData", true);
        var size = 0L;
        for (var event : events) {
            size += data ? event.details().size() : 0;
            // What does not fit comes with the next page.
            if (size > PAGE_BYTES && !list.isEmpty()) {
                break;
            }
            list.add(history.view(event, data));
        }
        var next = reverse ? first - list.size() : first + list.size();
        if (next >= 1 && next <= count) {
            answer.put("nextToken", StateMachineOperations.encode(Long.toString(next)));
        }
        return answer;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw ApiError.invalidPage();
        }
    }

    private static String listed(StateMachine machine) {
        if (machine.type() == StateMachine.Type.EXPRESS) {
            throw ApiError.unsupportedType();
        }
        return machine.name();
    }

    private ObjectNode list(Request request) {
        var filter = ExecutionFilter.of(request, arns);
        var machine =
                filter.mapRun()
                        .map(MapRunId::stateMachine)
                        .orElseGet(() -> listed(targets.listed(request)));
        var most = request.maxResults(1000);
        var found = new ArrayList<Head>();
        var after =
                request.text("nextToken")
                        .map(StateMachineOperations::decode)
                        .map(ExecutionOperations::position);
        var more = true;
        while (more && found.size() < most) {
            var page =
                    journal.list(
                            new Query(machine, executions.shards(), most - found.size(), after));
            page.heads().stream().filter(filter::accepts).forEach(found::add);
            more = page.more();
            after =
                    page.heads().isEmpty()
                            ? after
                            : Optional.of(Position.of(page.heads().getLast()));
        }
        var answer = Json.object();
        var list = answer.putArray("executions");
        found.forEach(head -> list.add(summary(head)));
        if (more) {
            after.ifPresent(at -> answer.put("nextToken", token(at)));
        }
        return answer;
    }

    private static String token(Position at) {
        return StateMachineOperations.encode(at.startedAt().toEpochMilli() + "#" + at.name());
    }

    private static Position position(String token) {
        var mark = token.indexOf('#');
        if (mark < 0) {
            throw ApiError.invalidPage();
        }
        return new Position(
                Instant.ofEpochMilli(number(token.substring(0, mark))), token.substring(mark + 1));
    }

    private ObjectNode stop(Request request) {
        ExecutionId id = request.execution();
        var reason = new StateError(request.text("error"), request.text("cause"));
        if (executions.wake(id, new Signal.Stopped(reason)) == Verdict.EXECUTION_UNKNOWN) {
            throw ApiError.executionDoesNotExist(arns.execution(id));
        }
        var head = head(request);
        var answer = Json.object();
        answer.set("stopDate", Json.time(head.endedAt().orElse(head.startedAt())));
        return answer;
    }
}
